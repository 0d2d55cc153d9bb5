import {
  BifocalError,
  type Classification,
  type Classifier,
  didYouMean,
  type ModelCard,
  throwIfAborted,
} from "@bifocal/contracts";
import { lexiconPolarity } from "./lexicon-polarity.js";
import { type Lexicon, loadLexicon } from "./load-lexicon.js";
import { type NaturalLanguage, type NaturalLexicon, naturalLanguages, naturalLexicons } from "./natural-lexicons.js";
import { labelPolarity, polarityLabels } from "./polarity.js";

/**
 * Sentiment by the word lists that natural carries, of a language of `naturalLexicons`: the mean polarity of the words
 * that the list rates, negation heeded for three words; up to 0.1 either way is neutral. Scores are margins (see
 * `labelPolarity`), no probabilities. The list is read at the first call.
 * @throws {BifocalError} `unsupported`, for a language without a list.
 * @example await naturalSentiment("it").classify(["Non è una bella giornata."]) // negative
 */
export function naturalSentiment(language: NaturalLanguage): Classifier {
  if (!naturalLanguages.includes(language)) {
    const hint = didYouMean(language, naturalLanguages);
    throw new BifocalError("unsupported", `There is no sentiment vocabulary for the language "${language}". ${hint}`);
  }
  const entry: NaturalLexicon = naturalLexicons[language];
  const card = cardOf(language, entry);
  const negations = new Set(entry.negations);
  let lexicon: Promise<Lexicon> | undefined;
  return {
    card,
    labels: polarityLabels,
    scoreKind: "margin",
    async classify(texts, options) {
      throwIfAborted(options?.signal);
      lexicon ??= loadLexicon(entry);
      const loaded = await lexicon;
      return texts.map((text): Classification => {
        throwIfAborted(options?.signal);
        const { polarity, tokens } = lexiconPolarity(text, loaded, negations);
        const usage = { tokens, windows: 1, truncated: false };
        return { ...labelPolarity(polarity), model: card.id, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

function cardOf(language: NaturalLanguage, { vocabulary, licence }: NaturalLexicon): ModelCard {
  return {
    id: `natural-sentiment-${language}`,
    task: "sentiment-analysis",
    paradigm: "rule-based",
    family: `sentiment lexicon (${vocabulary}) with negation`,
    languages: [language],
    licence,
    source: `${vocabulary}, as carried by natural 8.1.1`,
    trainedOn: [],
  };
}
