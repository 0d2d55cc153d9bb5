import type { TextFeatures } from "./text-features.js";

/** Inverse document frequency of each column: ln(rows / rows that have it) + 1 (as scikit-learn without smoothing). */
export function inverseDocumentFrequencies(rows: number, documents: Int32Array): Float32Array {
  return Float32Array.from(documents, (count) => Math.log(rows / Math.max(1, count)) + 1);
}

/** Turns the counts of a row, entries `start` to `end - 1`, into its values. */
export function weigh(
  indices: Uint32Array,
  values: Float32Array,
  { values: kind, scaleRows }: Pick<TextFeatures, "values" | "scaleRows">,
  columnWeights: Float32Array,
  start = 0,
  end = indices.length,
): void {
  if (kind === "presence") values.fill(1, start, end);
  if (kind === "logarithm") for (let k = start; k < end; k++) values[k] = 1 + Math.log(values[k]);
  if (columnWeights.length > 0) for (let k = start; k < end; k++) values[k] *= columnWeights[indices[k]];
  if (scaleRows) scaleToLength(values, start, end);
}

function scaleToLength(values: Float32Array, start: number, end: number): void {
  let squares = 0;
  for (let k = start; k < end; k++) squares += values[k] * values[k];
  if (squares === 0) return;
  const length = Math.sqrt(squares);
  for (let k = start; k < end; k++) values[k] /= length;
}
