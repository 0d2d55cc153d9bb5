import { type Classifier, rankLabels, softmax, throwIfAborted } from "@bifocal/contracts";
import type { TextRow } from "./features/row-reader.js";
import type { OpenContext } from "./learner.js";

/** What a classifier over text features is made of. */
export interface TextClassifierParts {
  readonly labels: readonly string[];
  readonly read: (text: string) => TextRow;
  /** A number a label, whose softmax is p(label | text). */
  readonly logits: (row: TextRow) => Float64Array;
}

/** A classifier that reads the features of each text and gives the softmax of its logits. */
export function createTextClassifier(
  { card, trainingTexts }: OpenContext,
  { labels, read, logits }: TextClassifierParts,
): Classifier {
  return {
    card,
    trainingTexts,
    labels,
    scoreKind: "probability",
    async classify(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => {
        const row = read(text);
        const usage = { tokens: row.tokens, windows: 1, truncated: false };
        return { ...rankLabels(labels, softmax(logits(row))), model: card.id, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}
