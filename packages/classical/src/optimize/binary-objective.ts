import { addRow, type BinaryProblem, rowDot } from "./binary-problem.js";
import type { MarginLoss } from "./margin-losses.js";
import type { Objective } from "./objective.js";

/**
 * F(w, b) of a binary problem and its slope. A point holds w over the shared columns, then one weight a row for what is
 * its own, then b; without a bias its slope is 0, so that it stays where it is.
 */
export function binaryObjective({ rows, signs, shares, l2, bias }: BinaryProblem, loss: MarginLoss): Objective {
  const { columns, own } = rows;
  const biasAt = columns + rows.rows;
  return {
    dimension: biasAt + 1,
    evaluate(point, gradient) {
      let value = startWithPenalty(point, gradient, biasAt, l2);
      for (let row = 0; row < rows.rows; row++) {
        const output = rowDot(rows, row, point) + own[row] * point[columns + row] + point[biasAt];
        const margin = signs[row] * output;
        value += shares[row] * loss.value(margin);
        const slope = shares[row] * signs[row] * loss.slope(margin);
        if (slope === 0) continue;
        addRow(rows, row, slope, gradient);
        gradient[columns + row] += slope * own[row];
        gradient[biasAt] += slope;
      }
      if (!bias) gradient[biasAt] = 0;
      return value;
    },
  };
}

/** gradient ← the slope of (l2 / 2) ‖w‖² over so many weights, 0 beyond; returns the penalty. */
export function startWithPenalty(point: Float64Array, gradient: Float64Array, weights: number, l2: number): number {
  let squares = 0;
  for (let i = 0; i < weights; i++) {
    squares += point[i] * point[i];
    gradient[i] = l2 * point[i];
  }
  gradient.fill(0, weights);
  return (l2 / 2) * squares;
}
