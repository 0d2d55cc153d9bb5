import { areFinite } from "../are-finite.js";
import { type Calibration, calibrates } from "../calibration/calibration.js";
import { columnsOf, readsTexts, type TextParams } from "../features/text-params.js";
import { type LinearWeights, outputsOf } from "./train-linear.js";

/**
 * How outputs become scores: `softmax` (of two labels the second's 1 / (1 + e^−z)), `one-vs-rest` (1 / (1 + e^−z) of each,
 * divided by their sum), or `margin`: the outputs themselves, −z and z where there are two labels.
 */
export type Link = "softmax" | "one-vs-rest" | "margin";

const links: readonly Link[] = ["softmax", "one-vs-rest", "margin"];

/** A linear function of a text's features, whoever learned it: logistic regression, support vector machine, perceptron. */
export interface LinearParams extends TextParams, LinearWeights {
  readonly kind: "linear";
  readonly link: Link;
  /** Goes before the link where it is there. */
  readonly calibration?: Calibration;
}

/** What a learner of linear models learns of rows. */
export type LearnedLinear = Pick<LinearParams, "kind" | "version" | "link" | "weights" | "bias" | "calibration">;

/** Whether the parts of the params fit each other, whoever wrote them. */
export function isLinear(params: LinearParams): boolean {
  const { labels, weights, bias, link, calibration } = params;
  return (
    readsTexts(params) &&
    links.includes(link) &&
    bias?.length === outputsOf(labels.length) &&
    weights?.length === columnsOf(params) * bias.length &&
    areFinite(weights) &&
    areFinite(bias) &&
    (calibration === undefined || calibrates(calibration, bias.length))
  );
}
