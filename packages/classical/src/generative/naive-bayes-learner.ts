import { classWeightSetting, refuseBalanced, weighLabels } from "../discriminative/class-weights.js";
import type { TextReading } from "../features/text-params.js";
import type { Settings } from "../learner.js";
import { textLearner } from "../text-learner.js";
import { countRows, naiveBayesCounter } from "./naive-bayes-counter.js";
import { type NaiveBayesCounts, type NaiveBayesEvent, narrowedEntries } from "./naive-bayes-counts.js";
import type { NaiveBayesParams } from "./naive-bayes-model.js";

const events: readonly NaiveBayesEvent[] = ["multinomial", "bernoulli", "complement", "gaussian"];
const priors = ["data", "uniform"] as const;

/** Naive Bayes over the terms of a text. */
export const naiveBayesLearner = textLearner<Omit<NaiveBayesParams, keyof TextReading | "labels">>({
  name: "naive-bayes",
  family: "naive Bayes",
  paradigm: "generative",
  settings: {
    event: {
      type: "string",
      choices: events,
      default: "multinomial",
      about: "what a label makes of features",
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
      choices: priors,
      default: "data",
      about: "how likely labels are before reading: as frequent as in the data, or all the same",
    },
    normalizeWeights: {
      type: "boolean",
      default: false,
      about: "complement: divide each label's weights by their sum, and use no priors",
    },
    ...classWeightSetting,
  },
  fit: (data, settings) => ({
    ...shareOf(settings),
    ...narrowedEntries(countRows(weighLabels(data, settings), settings.event as NaiveBayesEvent)),
  }),
  fitPartially(rows, settings) {
    refuseBalanced(settings);
    const counter = naiveBayesCounter({ ...rows, event: settings.event as NaiveBayesEvent });
    return {
      partialFit: (more) => counter.partialFit(weighLabels(more, settings), more.targets),
      learned: () => ({ ...shareOf(settings), ...narrowedEntries(counter.params()) }),
    };
  },
});

/** What the settings alone tell of the params. */
function shareOf(settings: Settings): Omit<NaiveBayesParams, keyof TextReading | keyof NaiveBayesCounts | "labels"> {
  const { event } = settings;
  return {
    kind: "naive-bayes",
    version: 2,
    smoothing: (event === "gaussian" ? settings.varianceSmoothing : settings.smoothing) as number,
    priors: settings.priors as (typeof priors)[number],
    normalizeWeights: event === "complement" && (settings.normalizeWeights as boolean),
  };
}
