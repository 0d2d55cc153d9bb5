import type { ArrayRoom } from "../machine-code/array-room.js";
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
  /** Where coordinate descent works, in the memory of the rows; default: a part of it that nobody has used. */
  readonly room?: ArrayRoom | undefined;
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
  if (values.length === 0) return sumAt(indices, offsets[row], end, weights);
  let sum = 0;
  for (let k = offsets[row]; k < end; k++) sum += values[k] * weights[indices[k]];
  return sum;
}

/** w ← w + amount · x of one row, over the shared columns. */
export function addRow(
  { offsets, indices, values }: CondensedRows,
  row: number,
  amount: number,
  weights: Float64Array,
): void {
  const end = offsets[row + 1];
  if (values.length === 0) addAt(indices, offsets[row], end, amount, weights);
  else for (let k = offsets[row]; k < end; k++) weights[indices[k]] += amount * values[k];
}

// V8 looks anew in each round of a loop what kind of arrays they are: eight entries a round halve the time.

/** Σ w[indices[k]], k from `start` to `end - 1`. */
function sumAt(indices: Uint32Array, start: number, end: number, weights: Float64Array): number {
  let k = start;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (const last = end - 7; k < last; k += 8) {
    a += weights[indices[k]];
    b += weights[indices[k + 1]];
    c += weights[indices[k + 2]];
    d += weights[indices[k + 3]];
    a += weights[indices[k + 4]];
    b += weights[indices[k + 5]];
    c += weights[indices[k + 6]];
    d += weights[indices[k + 7]];
  }
  for (; k < end; k++) a += weights[indices[k]];
  return a + b + (c + d);
}

/** w[indices[k]] += amount, k from `start` to `end - 1`. */
function addAt(indices: Uint32Array, start: number, end: number, amount: number, weights: Float64Array): void {
  let k = start;
  for (const last = end - 7; k < last; k += 8) {
    weights[indices[k]] += amount;
    weights[indices[k + 1]] += amount;
    weights[indices[k + 2]] += amount;
    weights[indices[k + 3]] += amount;
    weights[indices[k + 4]] += amount;
    weights[indices[k + 5]] += amount;
    weights[indices[k + 6]] += amount;
    weights[indices[k + 7]] += amount;
  }
  for (; k < end; k++) weights[indices[k]] += amount;
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
