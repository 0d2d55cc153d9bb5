import { balanceLabels, classWeights } from "../discriminative/class-weights.js";
import type { TextReading } from "../features/text-params.js";
import { choiceOf } from "../setting-choice.js";
import { textLearner } from "../text-learner.js";
import { countRows } from "./naive-bayes-counter.js";
import type { NaiveBayesEvent } from "./naive-bayes-counts.js";
import type { NaiveBayesParams } from "./naive-bayes-model.js";

const events: readonly NaiveBayesEvent[] = ["multinomial", "bernoulli", "complement", "gaussian"];

/** Naive Bayes over the terms of a text. */
export const naiveBayesLearner = textLearner<Omit<NaiveBayesParams, keyof TextReading | "labels">>({
  name: "naive-bayes",
  family: "naive Bayes",
  paradigm: "generative",
  settings: {
    event: {
      type: "string",
      default: "multinomial",
      about: "what a label makes of features: multinomial, bernoulli, complement or gaussian",
    },
    smoothing: {
      type: "number",
      above: 0,
      max: 1000,
      default: 1,
      about: "added to the count of every term; not of gaussian",
    },
    varianceSmoothing: {
      type: "number",
      above: 0,
      max: 1000,
      default: 1e-9,
      about: "gaussian: add this share of the largest variance to every variance",
    },
    priors: {
      type: "string",
      default: "data",
      about: "how likely labels are before reading: data (as frequent as in training) or uniform",
    },
    normalizeWeights: {
      type: "boolean",
      default: false,
      about: "complement: divide each label's weights by their sum, and use no priors",
    },
    classWeight: {
      type: "string",
      default: "none",
      about: "how labels count: none, or balanced (rare ones count more)",
    },
  },
  fit(data, settings) {
    const event = choiceOf("event", settings.event, events);
    const isBalanced = choiceOf("classWeight", settings.classWeight, classWeights) === "balanced";
    return {
      kind: "naive-bayes",
      version: 1,
      smoothing: (event === "gaussian" ? settings.varianceSmoothing : settings.smoothing) as number,
      priors: choiceOf("priors", settings.priors, ["data", "uniform"]),
      normalizeWeights: event === "complement" && (settings.normalizeWeights as boolean),
      ...countRows(isBalanced ? balanceLabels(data) : data, event),
    };
  },
});
