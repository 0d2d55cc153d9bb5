import type { LinearWeights } from "./train-linear.js";

/** Entries 0 to `length - 1` of a row. */
export interface ScoredRow {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  readonly length: number;
}

/** Above this share of weights that are not 0 a list of them would take longer than all. */
const worthListing = 0.5;

/** The function from a row to its outputs, x·w + b. It looks only at weights that are not 0 where most are. */
export function linearScorer(weights: LinearWeights): (row: ScoredRow) => Float64Array {
  return weights.bias.length > 1 && shareOfWeights(weights) < worthListing ? listed(weights) : dense(weights);
}

function shareOfWeights({ weights }: LinearWeights): number {
  let count = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) count++;
  return count / Math.max(1, weights.length);
}

function dense({ weights, bias }: LinearWeights): (row: ScoredRow) => Float64Array {
  const outputs = bias.length;
  return ({ indices, values, length }) => {
    const scores = Float64Array.from(bias);
    for (let k = 0; k < length; k++) {
      const at = indices[k] * outputs;
      const value = values[k];
      for (let o = 0; o < outputs; o++) scores[o] += value * weights[at + o];
    }
    return scores;
  };
}

/** By lists: of column c, the outputs and weights from `starts[c]` to `starts[c + 1] - 1`. */
function listed({ weights, bias }: LinearWeights): (row: ScoredRow) => Float64Array {
  const { starts, outputs, kept } = listWeights(weights, bias.length);
  return ({ indices, values, length }) => {
    const scores = Float64Array.from(bias);
    for (let k = 0; k < length; k++) {
      const value = values[k];
      const end = starts[indices[k] + 1];
      for (let at = starts[indices[k]]; at < end; at++) scores[outputs[at]] += value * kept[at];
    }
    return scores;
  };
}

function listWeights(weights: Float32Array, outputs: number) {
  const columns = weights.length / outputs;
  const places = weights.reduce((count, weight) => count + Number(weight !== 0), 0);
  const starts = new Uint32Array(columns + 1);
  const [outputOf, kept] = [new Uint32Array(places), new Float32Array(places)];
  let at = 0;
  for (let column = 0; column < columns; column++) {
    for (let o = 0; o < outputs; o++) {
      const weight = weights[column * outputs + o];
      if (weight === 0) continue;
      outputOf[at] = o;
      kept[at++] = weight;
    }
    starts[column + 1] = at;
  }
  return { starts, outputs: outputOf, kept };
}
