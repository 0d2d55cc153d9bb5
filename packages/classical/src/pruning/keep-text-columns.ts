import { type TextReading, termsOf } from "../features/text-params.js";

/** The reading of texts with some of its columns alone, given in ascending order. */
export function keepTextColumns(
  reading: TextReading,
  columns: Uint32Array,
): Pick<TextReading, "vocabulary" | "columnWeights"> {
  const terms = termsOf(reading);
  const { columnWeights } = reading;
  return {
    vocabulary: Array.from(columns, (column) => terms[column]),
    columnWeights: columnWeights.length === 0 ? columnWeights : keepRows(columnWeights, columns, 1),
  };
}

/** Some of the rows of a matrix, row after row. */
export function keepRows(matrix: Float32Array, rows: Uint32Array, width: number): Float32Array {
  const kept = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) kept.set(matrix.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return kept;
}
