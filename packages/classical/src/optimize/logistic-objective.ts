import type { SparseDataset, SparseRow } from "../features/sparse-dataset.js";
import type { Objective } from "./lbfgs.js";

/** How many weight vectors tell so many labels apart: one where there are two. */
export function outputsOf(labels: number): number {
  return labels === 2 ? 1 : labels;
}

/**
 * F(w, b) = (1 / n) Σᵢ −log p(yᵢ | xᵢ) + (l2 / 2) ‖w‖²
 *
 * where p is the softmax of the outputs z = x·w + b; two labels share one output, p(second) = 1 / (1 + e^−z).
 * A point holds w as columns × outputs, then b.
 */
export function logisticObjective(data: SparseDataset, l2: number): Objective {
  const outputs = outputsOf(data.labels.length);
  const weights = data.columns * outputs;
  const activations = new Float64Array(outputs);
  return {
    dimension: weights + outputs,
    evaluate(point, gradient) {
      gradient.fill(0);
      let loss = 0;
      for (let row = 0; row < data.rows; row++) {
        const start = data.offsets[row];
        const end = data.offsets[row + 1];
        rowOutputs(data, start, end, point, outputs, activations);
        loss += lossAndErrors(activations, data.targets[row]);
        for (let k = start; k < end; k++) {
          const at = data.indices[k] * outputs;
          const value = data.values[k];
          for (let o = 0; o < outputs; o++) gradient[at + o] += value * activations[o];
        }
        for (let o = 0; o < outputs; o++) gradient[weights + o] += activations[o];
      }
      return loss / data.rows + penalize(point, gradient, weights, data.rows, l2);
    },
  };
}

/** z = x·w + b for the row at `start` to `end - 1` of the columns and values; the point holds w, then b. */
export function rowOutputs(
  { indices, values }: SparseRow,
  start: number,
  end: number,
  point: Float64Array | Float32Array,
  outputs: number,
  into: Float64Array,
): void {
  const biasAt = point.length - outputs;
  for (let o = 0; o < outputs; o++) into[o] = point[biasAt + o];
  for (let k = start; k < end; k++) {
    const at = indices[k] * outputs;
    const value = values[k];
    for (let o = 0; o < outputs; o++) into[o] += value * point[at + o];
  }
}

/** The loss of a row; its outputs are replaced by p − y. */
function lossAndErrors(outputs: Float64Array, target: number): number {
  if (outputs.length === 1) {
    const signed = target === 1 ? outputs[0] : -outputs[0];
    outputs[0] = 1 / (1 + Math.exp(-outputs[0])) - target;
    return signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  }
  let largest = Number.NEGATIVE_INFINITY;
  for (const each of outputs) largest = Math.max(largest, each);
  let total = 0;
  for (const each of outputs) total += Math.exp(each - largest);
  const loss = Math.log(total) + largest - outputs[target];
  for (let o = 0; o < outputs.length; o++) outputs[o] = Math.exp(outputs[o] - largest) / total;
  outputs[target] -= 1;
  return loss;
}

/** Turns summed gradients into the mean's, adds the penalty's, and returns the penalty. */
function penalize(point: Float64Array, gradient: Float64Array, weights: number, rows: number, l2: number): number {
  let squares = 0;
  for (let i = 0; i < weights; i++) {
    squares += point[i] * point[i];
    gradient[i] = gradient[i] / rows + l2 * point[i];
  }
  for (let i = weights; i < gradient.length; i++) gradient[i] /= rows;
  return (l2 / 2) * squares;
}
