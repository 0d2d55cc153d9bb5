import type { Calibration } from "../calibration/calibration.js";
import type { TextReading } from "../features/text-params.js";

/**
 * A classifier over texts as what it is at heart: an output of a text is its bias + Σ over the text's row of value ·
 * weight. What explains, prunes or exports a classifier needs no more of it.
 */
export interface LinearScores {
  readonly reading: TextReading;
  readonly labels: readonly string[];
  /** 1 where two labels share an output, that of the second; else one a label. */
  readonly outputs: number;
  /** columns × outputs */
  readonly weights: Float32Array | Float64Array;
  /** A number an output. */
  readonly bias: Float32Array | Float64Array;
  /** Whether every value above 0 counts as 1. */
  readonly binary?: boolean;
  /** How outputs become scores: probabilities by softmax, each label's by a sigmoid and then divided by their sum, or as they are. */
  readonly link: "softmax" | "one-vs-rest" | "margin";
  /** What stands in the place of the link. */
  readonly calibration?: Calibration;
}
