import { BifocalError } from "@bifocal/contracts";
import { type SparseDataset, valueAt } from "../features/sparse-dataset.js";
import { adaGrad } from "../optimize/adagrad.js";
import { softmaxLoss } from "../optimize/softmax-loss.js";
import { type LinearWeights, outputsOf } from "./train-linear.js";

/** What an online linear model learns about, and how fast. */
export interface OnlineLinearOptions {
  /** Columns that rows may have: of hashed features, or of a vocabulary that stays as it is. */
  readonly columns: number;
  readonly labels: readonly string[];
  /** How far a first step goes. Default 0.1. */
  readonly learningRate?: number;
  /** Default 0. */
  readonly l1?: number;
  /** Default 0. */
  readonly l2?: number;
}

/** A linear model that learns from rows as they come, and may be used at any time. */
export interface OnlineLinear {
  /**
   * Learns from rows, in their order. Returns their mean loss before each was learned from: what the model was worth.
   * @throws {BifocalError} `invalid-input` for rows of other columns or labels.
   */
  partialFit(rows: SparseDataset): number;
  /** What is learned so far, as new arrays. */
  params(): LinearWeights;
}

/**
 * Logistic regression (softmax of over two labels) learned online by AdaGrad, with the penalties of `trainLinear` and a
 * bias. The same rows in the same order give the same bits, in however many calls.
 * @throws {BifocalError} `invalid-input` for fewer than two labels.
 */
export function onlineLinear(options: OnlineLinearOptions): OnlineLinear {
  const { columns, labels, learningRate = 0.1, l1 = 0, l2 = 0 } = options;
  if (labels.length < 2) throw new BifocalError("invalid-input", "A classifier needs at least two labels.");
  const outputs = outputsOf(labels.length);
  const penalized = columns * outputs;
  const learned = adaGrad(penalized + outputs, { learningRate, l1, l2, penalized });
  const errors = new Float64Array(outputs);
  return {
    partialFit(rows) {
      if (rows.columns !== columns || rows.labels.some((label, i) => label !== labels[i]))
        throw new BifocalError("invalid-input", "The rows have other columns or labels than the model.");
      let loss = 0;
      for (let row = 0; row < rows.rows; row++) loss += learnRow(rows, row);
      return loss / rows.rows;
    },
    params() {
      const numbers = Float32Array.from({ length: penalized + outputs }, (_, i) => learned.weight(i));
      return { weights: numbers.slice(0, penalized), bias: numbers.slice(penalized) };
    },
  };

  function learnRow(rows: SparseDataset, row: number): number {
    const [start, end] = [rows.offsets[row], rows.offsets[row + 1]];
    const weight = rows.weights?.[row] ?? 1;
    for (let o = 0; o < outputs; o++) {
      errors[o] = learned.weight(penalized + o);
      for (let k = start; k < end; k++)
        errors[o] += valueAt(rows.values, k) * learned.weight(rows.indices[k] * outputs + o);
    }
    const loss = lossAndErrors(errors, rows.targets[row]);
    for (let o = 0; o < outputs; o++) {
      const error = weight * errors[o];
      for (let k = start; k < end; k++) learned.add(rows.indices[k] * outputs + o, error * valueAt(rows.values, k));
      learned.add(penalized + o, error);
    }
    learned.step();
    return loss;
  }
}

/** −log p of the target; the outputs are replaced by p − y. */
function lossAndErrors(outputs: Float64Array, target: number): number {
  if (outputs.length === 1) {
    const signed = target === 1 ? outputs[0] : -outputs[0];
    outputs[0] = 1 / (1 + Math.exp(-outputs[0])) - target;
    return signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  }
  return softmaxLoss(outputs, target, 1);
}
