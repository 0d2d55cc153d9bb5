import { BifocalError, didYouMean, throwIfAborted } from "@bifocal/contracts";
import { learnRows } from "../features/learn-rows.js";
import { textLearning, textSettings } from "../features/text-settings.js";
import type { LabelledText, Learner } from "../learner.js";
import { weighted } from "../text-learner.js";
import { countRows } from "./naive-bayes-counter.js";
import type { NaiveBayesParams } from "./naive-bayes-model.js";

/** Naive Bayes over the terms of a text. */
export const naiveBayesLearner: Learner<"labelled-texts"> = {
  name: "naive-bayes",
  family: "naive Bayes",
  paradigm: "generative",
  tasks: ["text-classification", "sentiment-analysis"],
  reads: "labelled-texts",
  settings: {
    ...textSettings,
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
  },
  train(items: readonly LabelledText[], settings, context): NaiveBayesParams {
    throwIfAborted(context.signal);
    const event = chosen("event", settings.event, ["multinomial", "bernoulli", "complement", "gaussian"]);
    const priors = chosen("priors", settings.priors, ["data", "uniform"]);
    const { text, data } = learnRows(items, textLearning(settings));
    return {
      kind: "naive-bayes",
      version: 1,
      ...text,
      smoothing: (event === "gaussian" ? settings.varianceSmoothing : settings.smoothing) as number,
      priors,
      normalizeWeights: event === "complement" && (settings.normalizeWeights as boolean),
      ...countRows(weighted(data, items), event),
    };
  },
};

/** @throws {BifocalError} `invalid-input` where the value is none of the names. */
function chosen<T extends string>(name: string, value: unknown, names: readonly T[]): T {
  const found = names.find((each) => each === value);
  if (found !== undefined) return found;
  throw new BifocalError("invalid-input", `${name} cannot be "${value}". ${didYouMean(String(value), names)}`);
}
