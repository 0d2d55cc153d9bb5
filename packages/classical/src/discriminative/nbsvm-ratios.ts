import { type SparseDataset, valueAt } from "../features/sparse-dataset.js";
import type { LinearWeights } from "./train-linear.js";

/**
 * The log-count ratio of each column, r = log ((p / ‖p‖₁) / (q / ‖q‖₁)), p and q being smoothing + the sums of the
 * column's values in the rows of the label and in all others (Wang & Manning 2012, section 2.1). Rows count by weight.
 */
export function logCountRatios(data: SparseDataset, label: number, smoothing: number): Float64Array {
  const { rows, columns, offsets, indices, values, targets, weights } = data;
  const [inside, outside] = [new Float64Array(columns).fill(smoothing), new Float64Array(columns).fill(smoothing)];
  for (let row = 0; row < rows; row++) {
    const sums = targets[row] === label ? inside : outside;
    const weight = weights === undefined ? 1 : weights[row];
    for (let k = offsets[row]; k < offsets[row + 1]; k++) sums[indices[k]] += weight * valueAt(values, k);
  }
  const between = Math.log(total(outside)) - Math.log(total(inside));
  return inside.map((sum, column) => Math.log(sum / outside[column]) + between);
}

/** The rows with every value times its column's ratio, the label against the rest. */
export function scaledByRatios(data: SparseDataset, label: number, ratios: Float64Array): SparseDataset {
  const { indices, values, targets, labels } = data;
  const scaled = new Float32Array(indices.length);
  for (let k = 0; k < scaled.length; k++) scaled[k] = valueAt(values, k) * ratios[indices[k]];
  const isLabel = targets.map((target) => Number(target === label));
  return { ...data, values: scaled, targets: isLabel, labels: ["rest", labels[label]] };
}

/**
 * The weights of the rows as they are: r ∘ w′, w′ = (1 − β) · w̄ + β · w, w̄ the mean magnitude of w and β the
 * interpolation (Wang & Manning 2012, section 2.3).
 */
export function foldRatios(
  { weights, bias }: LinearWeights,
  ratios: Float64Array,
  interpolation: number,
): LinearWeights {
  let magnitude = 0;
  for (const weight of weights) magnitude += Math.abs(weight);
  const prior = ((1 - interpolation) * magnitude) / weights.length;
  return { weights: weights.map((weight, column) => ratios[column] * (prior + interpolation * weight)), bias };
}

function total(sums: Float64Array): number {
  return sums.reduce((all, sum) => all + sum, 0);
}
