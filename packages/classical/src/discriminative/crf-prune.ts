import type { CrfParams } from "./crf-params.js";

/** Without the features none of whose weights is larger than `smallest`, either way. */
export function pruned(params: CrfParams, smallest: number): CrfParams {
  const { features, weights, tags } = params;
  const width = tags.length;
  const kept = features.map((_, row) => row).filter((row) => largestOf(weights, row * width, width) > smallest);
  const rows = new Float32Array(kept.length * width);
  kept.forEach((row, i) => {
    rows.set(weights.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...params, features: kept.map((row) => features[row]), weights: rows };
}

function largestOf(weights: Float32Array, start: number, length: number): number {
  let largest = 0;
  for (let i = start; i < start + length; i++) largest = Math.max(largest, Math.abs(weights[i]));
  return largest;
}
