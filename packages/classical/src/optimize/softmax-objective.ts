import { startWithPenalty } from "./binary-objective.js";
import type { CondensedRows } from "./condensed-rows.js";
import type { Objective } from "./objective.js";
import { softmaxLoss } from "./softmax-loss.js";

/** Rows of several classes, of which exactly one is right. */
export interface SoftmaxProblem {
  readonly rows: CondensedRows;
  readonly targets: Uint32Array;
  readonly outputs: number;
  /** What each row's loss counts, of a sum of 1. */
  readonly shares: Float64Array;
  readonly l2: number;
  readonly bias: boolean;
}

/**
 * F(w, b) = Σᵢ shareᵢ · −log p(yᵢ | xᵢ) + (l2 / 2) ‖w‖², p the softmax of the outputs x·w + b, and its slope.
 * A point holds w as shared columns × outputs, then rows × outputs for what is each row's own, then b.
 */
export function softmaxObjective({ rows, targets, outputs, shares, l2, bias }: SoftmaxProblem): Objective {
  const { offsets, indices, values, own } = rows;
  const ownAt = rows.columns * outputs;
  const biasAt = ownAt + rows.rows * outputs;
  const ones = values.length === 0;
  const errors = new Float64Array(outputs);
  return {
    dimension: biasAt + outputs,
    evaluate(point, gradient) {
      let value = startWithPenalty(point, gradient, biasAt, l2);
      for (let row = 0; row < rows.rows; row++) {
        const ownRow = ownAt + row * outputs;
        for (let o = 0; o < outputs; o++) errors[o] = point[biasAt + o] + own[row] * point[ownRow + o];
        const start = offsets[row];
        const end = offsets[row + 1];
        for (let k = start; k < end; k++) {
          const at = indices[k] * outputs;
          if (ones) for (let o = 0; o < outputs; o++) errors[o] += point[at + o];
          else for (let o = 0; o < outputs; o++) errors[o] += values[k] * point[at + o];
        }
        value += shares[row] * softmaxLoss(errors, targets[row], shares[row]);
        for (let k = start; k < end; k++) {
          const at = indices[k] * outputs;
          if (ones) for (let o = 0; o < outputs; o++) gradient[at + o] += errors[o];
          else for (let o = 0; o < outputs; o++) gradient[at + o] += values[k] * errors[o];
        }
        for (let o = 0; o < outputs; o++) gradient[ownRow + o] += own[row] * errors[o];
        if (bias) for (let o = 0; o < outputs; o++) gradient[biasAt + o] += errors[o];
      }
      return value;
    },
  };
}
