import type { ScoreExplanation } from "@bifocal/contracts";
import type { Calibration } from "../calibration/calibration.js";
import type { LinearScores } from "./linear-scores.js";

/** A score of one label that is linear in the row of a text: bias + Σ value · weight. */
export interface ScoreDirection {
  readonly scoreKind: ScoreExplanation["scoreKind"];
  readonly bias: number;
  weightOf(column: number): number;
}

/**
 * What can be said of a label by a sum. Where the outputs z are logits (softmax), that is the mean over the other labels
 * of their log-odds,
 *
 *   z_l − mean over k ≠ l of z_k = mean over k ≠ l of log (p_l / p_k),
 *
 * for two labels log (p_l / p_other); for naive Bayes a term's weight is thus its mean log-likelihood ratio. Where each
 * label has a classifier against the rest, it is that one's output: its log-odds, or its margin. Calibration by a
 * temperature or a sigmoid is part of the sum; an isotonic curve is none, and then the margin is explained.
 */
export function scoreDirection(scores: LinearScores, label: number): ScoreDirection {
  const { outputs, weights, bias } = scores;
  if (hasLogits(scores) && outputs > 1) {
    const scale = scaleOf(scores.calibration, 0).slope;
    const mean = (values: Float32Array | Float64Array, from: number): number => {
      let total = 0;
      for (let k = 0; k < outputs; k++) total += values[from + k];
      return (scale * (outputs * values[from + label] - total)) / (outputs - 1);
    };
    return { scoreKind: "log-odds", bias: mean(bias, 0), weightOf: (column) => mean(weights, column * outputs) };
  }
  const output = outputs === 1 ? 0 : label;
  const { slope, offset } = scaleOf(scores.calibration, output);
  const sign = outputs === 1 && label === 0 ? -1 : 1;
  return {
    scoreKind: !hasOdds(scores) ? "margin" : outputs === 1 ? "log-odds" : "log-odds-against-rest",
    bias: sign * (slope * bias[output] + offset),
    weightOf: (column) => sign * slope * weights[column * outputs + output],
  };
}

/** Whether the scores are the softmax of the outputs, which a number added to all of them does not change. */
export function hasLogits({ link, calibration }: LinearScores): boolean {
  return calibration === undefined ? link === "softmax" : calibration.method === "temperature";
}

function hasOdds({ link, calibration }: LinearScores): boolean {
  return calibration === undefined ? link !== "margin" : calibration.method !== "isotonic";
}

function scaleOf(calibration: Calibration | undefined, output: number): { slope: number; offset: number } {
  if (calibration?.method === "temperature") return { slope: 1 / calibration.temperature, offset: 0 };
  if (calibration?.method === "platt") return calibration.sigmoids[output];
  return { slope: 1, offset: 0 };
}
