import { BifocalError, seededRandom, shuffled } from "@bifocal/contracts";
import { selectRows } from "../features/select-rows.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { LabelledMargins, Margins } from "./margins.js";

/** Trains on rows, and returns what gives the margins of other rows. */
export type FitMargins = (data: SparseDataset) => MarginsOf | Promise<MarginsOf>;

export type MarginsOf = (data: SparseDataset) => Margins;

/**
 * The margins of every row under a model that was trained without it: what a calibration is learned from. Each label's
 * rows are dealt out to the folds in turn, in an order drawn from the seed.
 * @throws {BifocalError} `invalid-input` where a label has only one row.
 */
export async function crossValidatedMargins(
  data: SparseDataset,
  fit: FitMargins,
  folds: number,
  seed: number,
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
  }
  return { outputs, values, targets: data.targets, ...(data.weights && { weights: data.weights }) };
}

/** The fold of each row. */
function dealFolds({ rows, targets, labels }: SparseDataset, folds: number, seed: number): Uint32Array {
  const ofLabel = labels.map((): number[] => []);
  for (let row = 0; row < rows; row++) ofLabel[targets[row]].push(row);
  const random = seededRandom(seed);
  const foldOf = new Uint32Array(rows);
  let next = 0;
  for (const [label, members] of ofLabel.entries()) {
    if (members.length === 1) throw tooFew(labels[label]);
    for (const row of shuffled(members, random)) foldOf[row] = next++ % folds;
  }
  return foldOf;
}

function tooFew(label: string): BifocalError {
  return new BifocalError(
    "invalid-input",
    `A calibration needs two texts or more of every label; "${label}" has one. Give more, or set calibration to none.`,
  );
}
