import { BifocalError } from "@bifocal/contracts";
import { selectRows } from "../features/select-rows.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { LabelledMargins, Margins } from "./margins.js";

/** Trains on rows, and returns what gives the margins of other rows. */
export type FitMargins = (data: SparseDataset) => MarginsOf | Promise<MarginsOf>;

export type MarginsOf = (data: SparseDataset) => Margins;

/**
 * The margins of every row under a model that was trained without it and its copies: what a calibration is learned from.
 * Each label's rows are dealt out to the folds in turn, in an order drawn from the seed.
 * @throws {BifocalError} `invalid-input` where a label has only one row, or copies of it.
 */
export async function crossValidatedMargins(
  data: SparseDataset,
  fit: FitMargins,
  folds: number,
  seed: number,
  onFold?: (done: number) => void,
): Promise<LabelledMargins> {
  const foldOf = dealFolds(data, folds, seed);
  const rows = Array.from({ length: data.rows }, (_, row) => row);
  let [outputs, values] = [1, new Float64Array()];
  for (let fold = 0; fold < folds; fold++) {
    const heldOut = rows.filter((row) => foldOf[row] === fold);
    if (heldOut.length === 0) continue;
    const marginsOf = await fit(
      selectRows(
        data,
        rows.filter((row) => foldOf[row] !== fold),
      ),
    );
    const found = marginsOf(selectRows(data, heldOut));
    if (values.length === 0) [outputs, values] = [found.outputs, new Float64Array(data.rows * found.outputs)];
    for (const [i, row] of heldOut.entries())
      values.set(found.values.subarray(i * outputs, (i + 1) * outputs), row * outputs);
    onFold?.(fold + 1);
  }
  return { outputs, values, targets: data.targets, ...(data.weights && { weights: data.weights }) };
}

/**
 * The fold of each row. It is told by what the row holds, not by where it stands, so that the order of the rows does not
 * matter, and copies of a row are held out together.
 */
function dealFolds(data: SparseDataset, folds: number, seed: number): Uint32Array {
  const copies = data.labels.map(() => new Map<number, number[]>());
  for (let row = 0; row < data.rows; row++) {
    const ofLabel = copies[data.targets[row]];
    const hash = hashOfRow(data, row, seed);
    const known = ofLabel.get(hash);
    if (known === undefined) ofLabel.set(hash, [row]);
    else known.push(row);
  }
  const foldOf = new Uint32Array(data.rows);
  for (const [label, ofLabel] of copies.entries()) {
    if (ofLabel.size === 1) throw tooFew(data.labels[label]);
    const inOrder = [...ofLabel].sort(([a], [b]) => a - b);
    // Labels begin at different folds, lest those with few rows all leave the last folds empty.
    for (const [i, [, rows]] of inOrder.entries()) for (const row of rows) foldOf[row] = (inOrder[0][0] + i) % folds;
  }
  return foldOf;
}

const bitsOfOne = 0x3f800000;

/** 32 bits of a row's columns and values (mixed as in MurmurHash3, Appleby 2008). */
function hashOfRow({ offsets, indices, values }: SparseDataset, row: number, seed: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let hash = seed;
  for (let k = offsets[row]; k < offsets[row + 1]; k++)
    hash = mixed(mixed(hash ^ indices[k]) ^ (bits.length === 0 ? bitsOfOne : bits[k]));
  return mixed(hash) >>> 0;
}

function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

function tooFew(label: string): BifocalError {
  return new BifocalError(
    "invalid-input",
    `A calibration needs two different texts or more of every label; "${label}" has one. Give more, or set calibration to none.`,
  );
}
