import type { Margins } from "../calibration/margins.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import { linearScorer } from "./linear-scorer.js";
import type { LinearWeights } from "./train-linear.js";

/** The outputs of a linear model on rows of the same columns. */
export function marginsOfRows(weights: LinearWeights, { rows, offsets, indices, values }: SparseDataset): Margins {
  const outputs = weights.bias.length;
  const outputsOf = linearScorer(weights);
  const margins = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    const [start, end] = [offsets[row], offsets[row + 1]];
    const entries = { indices: indices.subarray(start, end), values: values.subarray(start, end), length: end - start };
    margins.set(outputsOf(entries), row * outputs);
  }
  return { outputs, values: margins };
}
