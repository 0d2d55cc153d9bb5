import { type Classifier, rankLabels, softmax, throwIfAborted } from "@bifocal/contracts";
import type { TextRow } from "./features/row-reader.js";
import type { OpenContext } from "./learner.js";

/** What a classifier reads of a text. */
type Reading = Pick<TextRow, "tokens">;

/** What a classifier over what it reads of a text is made of. */
export interface TextScorerParts<R extends Reading = TextRow> {
  readonly labels: readonly string[];
  readonly read: (text: string) => R;
  readonly scoreKind: Classifier["scoreKind"];
  /** A number a label, as `scoreKind` says. */
  readonly scores: (reading: R) => ArrayLike<number>;
}

/** A classifier that reads each text and scores the labels. */
export function createTextScorer<R extends Reading = TextRow>(
  { card, trainingTexts }: OpenContext,
  { labels, read, scoreKind, scores }: TextScorerParts<R>,
): Classifier {
  return {
    card,
    trainingTexts,
    labels,
    scoreKind,
    async classify(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => {
        const reading = read(text);
        const { label, score, scores: ranked } = rankLabels(labels, scores(reading));
        const usage = { tokens: reading.tokens, windows: 1, truncated: false };
        return { label, score, scores: ranked, model: card.id, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The parts of a classifier that knows p(label | text). */
export interface TextClassifierParts<R extends Reading = TextRow> extends Pick<TextScorerParts<R>, "labels" | "read"> {
  /** A number a label, whose softmax is p(label | text). */
  readonly logits: (reading: R) => Float64Array;
}

/** A classifier that reads each text and gives the softmax of its logits. */
export function createTextClassifier<R extends Reading = TextRow>(
  context: OpenContext,
  { logits, ...parts }: TextClassifierParts<R>,
): Classifier {
  return createTextScorer(context, { ...parts, scoreKind: "probability", scores: (read) => softmax(logits(read)) });
}
