import { type Classifier, rankLabels, softmax, throwIfAborted } from "@bifocal/contracts";
import type { TextRow } from "./features/row-reader.js";
import type { OpenContext } from "./learner.js";

/** What a classifier over text features is made of. */
export interface TextScorerParts {
  readonly labels: readonly string[];
  readonly read: (text: string) => TextRow;
  readonly scoreKind: Classifier["scoreKind"];
  /** A number a label, as `scoreKind` says. */
  readonly scores: (row: TextRow) => ArrayLike<number>;
}

/** A classifier that reads the features of each text and scores the labels. */
export function createTextScorer(
  { card, trainingTexts }: OpenContext,
  { labels, read, scoreKind, scores }: TextScorerParts,
): Classifier {
  return {
    card,
    trainingTexts,
    labels,
    scoreKind,
    async classify(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => {
        const row = read(text);
        const usage = { tokens: row.tokens, windows: 1, truncated: false };
        return { ...rankLabels(labels, scores(row)), model: card.id, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The parts of a classifier that knows p(label | text). */
export interface TextClassifierParts extends Pick<TextScorerParts, "labels" | "read"> {
  /** A number a label, whose softmax is p(label | text). */
  readonly logits: (row: TextRow) => Float64Array;
}

/** A classifier that reads the features of each text and gives the softmax of its logits. */
export function createTextClassifier(context: OpenContext, { logits, ...parts }: TextClassifierParts): Classifier {
  return createTextScorer(context, { ...parts, scoreKind: "probability", scores: (row) => softmax(logits(row)) });
}
