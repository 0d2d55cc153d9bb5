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
  return bias.length === 1 ? single(weights, bias[0]) : full(weights, bias);
}

function single(weights: Float32Array, bias: number): (row: ScoredRow) => Float64Array {
  return ({ indices, values, length }) => {
    let score = bias;
    for (let k = 0; k < length; k++) score += values[k] * weights[indices[k]];
    const scores = new Float64Array(1);
    scores[0] = score;
    return scores;
  };
}

function full(weights: Float32Array, bias: Float32Array): (row: ScoredRow) => Float64Array {
  const outputs = bias.length;
  return ({ indices, values, length }) => {
    const scores = new Float64Array(bias);
    for (let k = 0; k < length; k++) {
      addBlock(scores, weights, indices[k] * outputs, values[k]);
    }
    return scores;
  };
}

/** Adds a value times a weight an output; four at a time, which takes half as long. */
function addBlock(scores: Float64Array, weights: Float32Array, start: number, value: number): void {
  const outputs = scores.length;
  let o = 0;
  for (let at = start; o + 3 < outputs; o += 4, at += 4) {
    scores[o] += value * weights[at];
    scores[o + 1] += value * weights[at + 1];
    scores[o + 2] += value * weights[at + 2];
    scores[o + 3] += value * weights[at + 3];
  }
  for (; o < outputs; o++) scores[o] += value * weights[start + o];
}

/**
 * By blocks, that of column c from place `starts[c]`. First come those of columns at least half of whose weights are not 0:
 * they hold every weight, and lie close together because texts have them most. The others hold how many weights are not
 * 0, and each after the number of its output.
 */
function listed({ weights, bias }: LinearWeights): (row: ScoredRow) => Float64Array {
  const outputs = bias.length;
  const { starts, numbers, kept, listsFrom } = blocksOf(weights, outputs);
  let places = new Uint32Array(256);
  let counts = new Uint32Array(256);
  /** In loops without a branch, so that the processor asks the memory for many blocks at once. */
  const findBlocks = (indices: Uint32Array, length: number): void => {
    if (places.length < length) {
      places = new Uint32Array(2 * length);
      counts = new Uint32Array(2 * length);
    }
    for (let k = 0; k < length; k++) places[k] = starts[indices[k]];
    for (let k = 0; k < length; k++) counts[k] = numbers[places[k]];
  };
  return ({ indices, values, length }) => {
    findBlocks(indices, length);
    const scores = new Float64Array(bias);
    for (let k = 0; k < length; k++) {
      const value = values[k];
      const start = places[k];
      if (start < listsFrom) {
        addBlock(scores, kept, start, value);
        continue;
      }
      const end = start + 2 * counts[k];
      for (let at = start + 1; at < end; at += 2) scores[numbers[at]] += value * kept[at + 1];
    }
    return scores;
  };
}

/** Numbers of outputs and weights lie in the same bytes, so that one place in memory answers. */
function blocksOf(weights: Float32Array, outputs: number) {
  const columns = weights.length / outputs;
  const counts = countsOfWeights(weights, outputs);
  const starts = new Uint32Array(columns);
  let size = 0;
  for (let column = 0; column < columns; column++) if (2 * counts[column] >= outputs) size += outputs;
  const listsFrom = size;
  for (let column = 0; column < columns; column++) if (2 * counts[column] < outputs) size += 1 + 2 * counts[column];
  const numbers = new Uint32Array(size);
  const kept = new Float32Array(numbers.buffer);
  let [block, list] = [0, listsFrom];
  for (let column = 0; column < columns; column++) {
    const first = column * outputs;
    if (2 * counts[column] >= outputs) {
      starts[column] = block;
      for (let o = 0; o < outputs; o++) kept[block++] = weights[first + o];
      continue;
    }
    starts[column] = list;
    numbers[list++] = counts[column];
    for (let o = 0; o < outputs; o++) {
      if (weights[first + o] === 0) continue;
      numbers[list++] = o;
      kept[list++] = weights[first + o];
    }
  }
  return { starts, numbers, kept, listsFrom };
}

/** How many weights of each column are not 0. */
function countsOfWeights(weights: Float32Array, outputs: number): Uint32Array {
  const counts = new Uint32Array(weights.length / outputs);
  for (let column = 0; column < counts.length; column++)
    for (let o = 0; o < outputs; o++) if (weights[column * outputs + o] !== 0) counts[column]++;
  return counts;
}
