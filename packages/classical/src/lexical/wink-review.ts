import type { Classifier, ModelCard } from "@bifocal/contracts";
import { ruleClassifier } from "./rule-classifier.js";
import { winkPolarity } from "./wink-polarity.js";

const card: ModelCard = {
  id: "wink-review-en",
  task: "text-classification",
  paradigm: "rule-based",
  family: "sentiment lexicon with negation, without neutral",
  languages: ["en"],
  licence: "MIT",
  source: "wink-nlp 2.4.0 with wink-eng-lite-web-model 1.8.1",
  trainedOn: [],
};

const labels = ["negative", "positive"] as const;

/**
 * Whether an English review praises or blames, by wink-nlp's lexicon: the sign of its polarity, whose size is the
 * margin. A review without a word of the lexicon has polarity 0 and is called negative: who is pleased says so, while a
 * fault can be told in plain words ("It broke after two days.").
 * @example await winkReview().classify(["Great battery."]) // positive
 */
export function winkReview(): Classifier {
  return ruleClassifier(card, labels, async (text, options) => {
    const { polarity, tokens } = await winkPolarity(text, options);
    return { margins: [0 - polarity, polarity], tokens };
  });
}
