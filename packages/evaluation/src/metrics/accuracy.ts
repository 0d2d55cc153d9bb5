import { type Metric, ratio } from "../metric.js";
import type { Decision } from "./decision.js";

/** The share of items whose label is right: correct / all. From 0 to 1. */
export const accuracy: Metric<string, Pick<Decision, "label">> = {
  name: "accuracy",
  signature: "accuracy|v:1",
  better: "higher",
  count: (gold, { label }) => ({ correct: Number(gold === label), all: 1 }),
  score: ({ correct = 0, all = 0 }) => ratio(correct, all),
};
