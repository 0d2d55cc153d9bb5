import { type Metric, ratio } from "../metric.js";
import type { Tagged } from "./tagged.js";

/**
 * The share of tokens whose tag is right, `O` among them: correct / all. From 0 to 1. The figure of parts of speech; of
 * entities it says little, as most tokens are outside of any.
 */
export const tokenAccuracy: Metric<Tagged, Tagged> = {
  name: "tokenAccuracy",
  signature: "token-accuracy|v:1",
  better: "higher",
  count: (gold, predicted) => ({
    correct: gold.tags.filter((tag, i) => tag === predicted.tags[i]).length,
    all: gold.tags.length,
  }),
  score: ({ correct = 0, all = 0 }) => ratio(correct, all),
};
