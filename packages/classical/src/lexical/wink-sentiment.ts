import type { Classifier, ModelCard } from "@bifocal/contracts";
import { polarityLabels, polarityMargins } from "./polarity.js";
import { ruleClassifier } from "./rule-classifier.js";
import { winkPolarity } from "./wink-polarity.js";

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
 * to 0.1 either way is neutral. Scores are margins (see `polarityMargins`), no probabilities. Wink loads at the first call.
 * @example await winkSentiment().classify(["I am not happy."]) // negative
 */
export function winkSentiment(): Classifier {
  return ruleClassifier(card, polarityLabels, async (text, options) => {
    const { polarity, tokens } = await winkPolarity(text, options);
    return { margins: polarityMargins(polarity), tokens };
  });
}
