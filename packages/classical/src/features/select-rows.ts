import type { SparseDataset } from "./sparse-dataset.js";

/** The rows with these numbers, in this order, with the columns and labels of the whole. */
export function selectRows(data: SparseDataset, rows: readonly number[]): SparseDataset {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) offsets[i + 1] = offsets[i] + data.offsets[row + 1] - data.offsets[row];
  const indices = new Uint32Array(offsets[rows.length]);
  const values = new Float32Array(data.values.length === 0 ? 0 : offsets[rows.length]);
  for (const [i, row] of rows.entries()) {
    const [start, end] = [data.offsets[row], data.offsets[row + 1]];
    indices.set(data.indices.subarray(start, end), offsets[i]);
    if (values.length > 0) values.set(data.values.subarray(start, end), offsets[i]);
  }
  const targets = Uint32Array.from(rows, (row) => data.targets[row]);
  const { columns, labels, weights, sharedColumns } = data;
  return {
    rows: rows.length,
    columns,
    offsets,
    indices,
    values,
    targets,
    labels,
    ...(sharedColumns !== undefined && { sharedColumns }),
    ...(weights && { weights: Float32Array.from(rows, (row) => weights[row]) }),
  };
}
