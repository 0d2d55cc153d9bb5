import type { CondensedRows } from "./condensed-rows.js";

/**
 * Two classes to tell apart: F(w, b) = Σᵢ shareᵢ · loss(yᵢ (w·xᵢ + b)) + (l2 / 2) ‖w‖², yᵢ = ±1.
 */
export interface BinaryProblem {
  readonly rows: CondensedRows;
  /** yᵢ: 1 or −1. */
  readonly signs: Int8Array;
  /** What each row's loss counts, of a sum of 1. */
  readonly shares: Float64Array;
  readonly l2: number;
  readonly bias: boolean;
}

/** A solution of a binary problem, in the condensed rows' columns. */
export interface BinarySolution {
  readonly shared: Float64Array;
  /** One a row, of its own columns. */
  readonly owned: Float64Array;
  readonly bias: number;
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** x·w of one row over the shared columns. */
export function rowDot({ offsets, indices, values }: CondensedRows, row: number, weights: Float64Array): number {
  const end = offsets[row + 1];
  let k = offsets[row];
  let [even, odd] = [0, 0];
  if (values.length > 0) {
    for (; k < end; k++) even += values[k] * weights[indices[k]];
    return even;
  }
  for (; k + 1 < end; k += 2) {
    even += weights[indices[k]];
    odd += weights[indices[k + 1]];
  }
  if (k < end) even += weights[indices[k]];
  return even + odd;
}

/** w ← w + amount · x of one row, over the shared columns. */
export function addRow(
  { offsets, indices, values }: CondensedRows,
  row: number,
  amount: number,
  weights: Float64Array,
): void {
  const end = offsets[row + 1];
  if (values.length > 0) for (let k = offsets[row]; k < end; k++) weights[indices[k]] += amount * values[k];
  else for (let k = offsets[row]; k < end; k++) weights[indices[k]] += amount;
}

/** ‖x‖² of each row, own columns included. */
export function squaredLengths({ rows, offsets, values, own }: CondensedRows): Float64Array {
  const lengths = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let squares = own[row] * own[row];
    if (values.length === 0) squares += offsets[row + 1] - offsets[row];
    else for (let k = offsets[row]; k < offsets[row + 1]; k++) squares += values[k] * values[k];
    lengths[row] = squares;
  }
  return lengths;
}
