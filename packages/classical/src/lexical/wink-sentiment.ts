import { type Classification, type Classifier, type ModelCard, throwIfAborted } from "@bifocal/contracts";
import { labelPolarity, polarityLabels } from "./polarity.js";
import { readWithWink } from "./wink-read.js";

const card: ModelCard = {
  id: "wink-sentiment-en",
  task: "sentiment-analysis",
  paradigm: "rule-based",
  family: "sentiment lexicon with negation",
  languages: ["en"],
  licence: "MIT",
  source: "wink-nlp 2.4.0 with wink-eng-lite-web-model 1.8.1",
  trainedOn: [],
};

/**
 * Sentiment of English by wink-nlp's lexicon: a text's polarity, from -1 to 1, is the mean over its sentences, and up
 * to 0.1 either way is neutral. Scores are margins (see `labelPolarity`), no probabilities. Wink loads at the first call.
 * @example await winkSentiment().classify(["I am not happy."]) // negative
 */
export function winkSentiment(): Classifier {
  return {
    card,
    labels: polarityLabels,
    scoreKind: "margin",
    async classify(texts, options) {
      throwIfAborted(options?.signal);
      const results: Classification[] = [];
      for (const text of texts) {
        const { polarity, tokens } = await meanPolarity(readWithWink(text, options));
        const usage = { tokens, windows: 1, truncated: false };
        results.push({ ...labelPolarity(polarity), model: card.id, usage });
      }
      return results;
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function meanPolarity(
  sentences: AsyncIterable<{ polarity: number; tokens: number }>,
): Promise<{ polarity: number; tokens: number }> {
  let [sum, count, tokens] = [0, 0, 0];
  for await (const sentence of sentences) {
    sum += sentence.polarity;
    count += 1;
    tokens += sentence.tokens;
  }
  return { polarity: sum / Math.max(1, count), tokens };
}
