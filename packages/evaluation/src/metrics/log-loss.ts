import type { Classifier } from "@bifocal/contracts";
import { type Metric, ratio } from "../metric.js";
import type { Decision } from "./decision.js";

const clip = 1e-15;

/**
 * The mean of -ln p(gold label | text), p clipped to [1e-15, 1 - 1e-15] as scikit-learn's `log_loss` does. A gold label
 * that the model does not know has p = 0. At least 0; lower is better. Margins are not probabilities: they have none.
 */
export const logLoss: Metric<string, Decision, Classifier> = {
  name: "logLoss",
  signature: "logLoss|base:e|clip:1e-15|v:1",
  better: "lower",
  count: (gold, { scores }) => {
    const probability = scores.find(({ label }) => label === gold)?.score ?? 0;
    return { loss: -Math.log(Math.min(Math.max(probability, clip), 1 - clip)), all: 1 };
  },
  score: ({ loss = 0, all = 0 }) => ratio(loss, all),
  unmetBy: ({ scoreKind }) => needs[scoreKind],
};

const needs: Readonly<Record<Classifier["scoreKind"], string | undefined>> = {
  probability: undefined,
  "probability-each": "The model gives each label a probability of its own, and log-loss needs such as add up to 1.",
  margin: "The model gives margins, and log-loss needs probabilities.",
};
