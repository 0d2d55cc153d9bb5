import type { ModelCard, TextGenerator } from "@bifocal/contracts";
import { extractiveSummarizer, type SplitSentences } from "./extractive-summarizer.js";

const card: ModelCard = {
  id: "lead-summary",
  task: "summarization",
  paradigm: "rule-based",
  family: "lead",
  languages: [],
  licence: "MIT",
  source: "the first sentences of the text",
  trainedOn: [],
};

/**
 * The summary that every other one is measured against: the first sentences. The score of the n-th is 1 / n.
 * @example await lead(winkSentences).generate([article], { sentences: 3 })
 */
export function lead(split: SplitSentences): TextGenerator {
  return extractiveSummarizer(card, split, async (sentences, wanted) =>
    sentences.slice(0, wanted).map((sentence, i) => ({ ...sentence, score: 1 / (i + 1) })),
  );
}
