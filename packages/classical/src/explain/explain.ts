import {
  BifocalError,
  type Classifier,
  didYouMean,
  type ExplainOptions,
  type Explains,
  type ScoreExplanation,
  type StrongestFeaturesOptions,
  throwIfAborted,
} from "@bifocal/contracts";
import { contributionReader } from "./contributions.js";
import type { LinearScores } from "./linear-scores.js";
import { scoreDirection } from "./score-direction.js";
import { checkCount, strongestFeatures } from "./strongest-features.js";

/** What a linear classifier can say of its decisions; nothing is prepared before the first question. */
export function explainerOf(model: Classifier, scoresOf: () => LinearScores): Explains {
  const prepared = once(() => {
    const scores = scoresOf();
    return { scores, contributions: contributionReader(scores.reading, scores.binary) };
  });
  const explainOne = (text: string, label: number): ScoreExplanation => {
    const { scores, contributions: read } = prepared();
    const { scoreKind, bias, weightOf } = scoreDirection(scores, label);
    const contributions = read(text, weightOf);
    const score = contributions.reduce((sum, { weight }) => sum + weight, bias);
    return { label: model.labels[label], score, scoreKind, bias, contributions, model: model.card.id };
  };
  return {
    async explain(texts, { label, signal }: ExplainOptions = {}) {
      throwIfAborted(signal);
      if (label !== undefined) {
        const number = numberOf(model, label);
        return texts.map((text) => explainOne(text, number));
      }
      const decided = await model.classify(texts, { ...(signal && { signal }) });
      return texts.map((text, i) => explainOne(text, numberOf(model, decided[i].label)));
    },
    async strongestFeatures({ label, count = 10 }: StrongestFeaturesOptions = {}) {
      checkCount(count);
      const labels = label === undefined ? model.labels.keys() : [numberOf(model, label)];
      return Array.from(labels, (number) => strongestFeatures(prepared().scores, number, count));
    },
  };
}

function numberOf({ labels, card }: Classifier, label: string): number {
  const number = labels.indexOf(label);
  if (number >= 0) return number;
  throw new BifocalError("invalid-input", `${card.id} has no label "${label}". ${didYouMean(label, labels)}`);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
