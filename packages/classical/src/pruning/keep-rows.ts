/** Some of the rows of a matrix, row after row. */
export function keepRows(matrix: Float32Array, rows: Uint32Array, width: number): Float32Array {
  const kept = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) kept.set(matrix.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return kept;
}
