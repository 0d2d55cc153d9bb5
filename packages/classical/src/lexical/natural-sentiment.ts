import { BifocalError, type Classifier, didYouMean, type ModelCard } from "@bifocal/contracts";
import { lexiconPolarity } from "./lexicon-polarity.js";
import { type Lexicon, loadLexicon } from "./load-lexicon.js";
import { type NaturalLanguage, type NaturalLexicon, naturalLanguages, naturalLexicons } from "./natural-lexicons.js";
import { polarityLabels, polarityMargins } from "./polarity.js";
import { ruleClassifier } from "./rule-classifier.js";

/**
 * Sentiment by the word lists that natural carries, of a language of `naturalLexicons`: the mean polarity of the words
 * that the list rates, negation heeded for three words; up to 0.1 either way is neutral. Scores are margins (see
 * `polarityMargins`), no probabilities. The list is read at the first call.
 * @throws {BifocalError} `unsupported`, for a language without a list.
 * @example await naturalSentiment("it").classify(["Non è una bella giornata."]) // negative
 */
export function naturalSentiment(language: NaturalLanguage): Classifier {
  if (!naturalLanguages.includes(language)) {
    const hint = didYouMean(language, naturalLanguages);
    throw new BifocalError("unsupported", `There is no sentiment vocabulary for the language "${language}". ${hint}`);
  }
  const entry: NaturalLexicon = naturalLexicons[language];
  const negations = new Set(entry.negations);
  let lexicon: Promise<Lexicon> | undefined;
  return ruleClassifier(cardOf(language, entry), polarityLabels, async (text) => {
    lexicon ??= loadLexicon(entry);
    const { polarity, tokens } = lexiconPolarity(text, await lexicon, negations);
    return { margins: polarityMargins(polarity), tokens };
  });
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
