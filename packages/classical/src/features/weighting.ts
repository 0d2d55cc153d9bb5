/** What stands in the columns that a row has. */
export interface Weighting {
  /** A number a column; 1 everywhere where absent. */
  readonly columns?: Float32Array;
  /** Divide each row by its length, so that long texts do not outweigh short ones. */
  readonly scaleRows: boolean;
}

/** Inverse document frequency of each column: ln(rows / rows that have it) + 1 (as scikit-learn without smoothing). */
export function inverseDocumentFrequencies(
  rows: readonly { readonly indices: Uint32Array }[],
  columns: number,
): Float32Array {
  const documents = new Uint32Array(columns);
  for (const { indices } of rows) for (const index of indices) documents[index]++;
  return Float32Array.from(documents, (count) => Math.log(rows.length / Math.max(1, count)) + 1);
}

/** The values of a row with these columns. */
export function weigh(indices: Uint32Array, { columns, scaleRows }: Weighting): Float32Array {
  const values = columns
    ? Float32Array.from(indices, (index) => columns[index])
    : new Float32Array(indices.length).fill(1);
  if (!scaleRows) return values;
  let squares = 0;
  for (const value of values) squares += value * value;
  return squares > 0 ? values.map((value) => value / Math.sqrt(squares)) : values;
}
