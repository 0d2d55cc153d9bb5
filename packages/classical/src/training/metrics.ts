import type { TrainingItems } from "../learner.js";

/** What a training may be judged by. Fractions from 0 to 1, but for `logLoss` (nats) and `bitsPerByte`. */
export const trainingMetrics = {
  accuracy: { of: "labelled-texts", better: "higher" },
  macroF1: { of: "labelled-texts", better: "higher" },
  logLoss: { of: "labelled-texts", better: "lower" },
  precision: { of: "tagged-sentences", better: "higher" },
  recall: { of: "tagged-sentences", better: "higher" },
  f1: { of: "tagged-sentences", better: "higher" },
  tokenAccuracy: { of: "tagged-sentences", better: "higher" },
  bitsPerByte: { of: "texts", better: "lower" },
  rouge1: { of: "summarized-texts", better: "higher" },
} as const satisfies Readonly<Record<string, { of: keyof TrainingItems; better: "higher" | "lower" }>>;

/** What a training is judged by, by name. */
export type TrainingMetric = keyof typeof trainingMetrics;

/** The figures of a model on some items; a metric that has no meaning for the model is absent. */
export type Scores = Readonly<Partial<Record<TrainingMetric, number>>>;

/** What settings of a learner are compared by where nobody says. */
export const defaultMetrics = {
  "labelled-texts": "accuracy",
  "tagged-sentences": "f1",
  texts: "bitsPerByte",
  "summarized-texts": "rouge1",
} as const satisfies Readonly<Record<keyof TrainingItems, TrainingMetric>>;

/** A number that is larger for the better of two scores. */
export function gainOf(metric: TrainingMetric, score: number): number {
  return trainingMetrics[metric].better === "higher" ? score : -score;
}
