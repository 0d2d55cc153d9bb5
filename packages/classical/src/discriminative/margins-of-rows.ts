import type { Margins } from "../calibration/margins.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import { linearScorer } from "./linear-scorer.js";
import type { LinearWeights } from "./train-linear.js";

/** The outputs of a linear model on rows of the same columns. */
export function marginsOfRows(weights: LinearWeights, { rows, offsets, indices, values }: SparseDataset): Margins {
  const outputs = weights.bias.length;
  const outputsOf = linearScorer(weights);
  const margins = new Float64Array(rows * outputs);
  let ones = new Float32Array();
  for (let row = 0; row < rows; row++) {
    const [start, end] = [offsets[row], offsets[row + 1]];
    const length = end - start;
    if (values.length === 0 && ones.length < length) ones = new Float32Array(2 * length).fill(1);
    const rowValues = values.length === 0 ? ones : values.subarray(start, end);
    margins.set(outputsOf({ indices: indices.subarray(start, end), values: rowValues, length }), row * outputs);
  }
  return { outputs, values: margins };
}
