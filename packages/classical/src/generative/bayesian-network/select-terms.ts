import type { SparseDataset } from "../../features/sparse-dataset.js";
import { conditionalMutualInformation } from "./mutual-information.js";

/** The rows of each column: those of column `c` are `rows[starts[c]]` to `rows[starts[c + 1] - 1]`, ascending. */
export interface ColumnRows {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Turns rows of columns into columns of rows. */
export function rowsOfColumns({ rows: count, columns, offsets, indices }: SparseDataset): ColumnRows {
  const starts = new Uint32Array(columns + 1);
  for (const column of indices) starts[column + 1]++;
  for (let column = 0; column < columns; column++) starts[column + 1] += starts[column];
  const next = starts.slice();
  const rows = new Uint32Array(indices.length);
  for (let row = 0; row < count; row++)
    for (let at = offsets[row]; at < offsets[row + 1]; at++) rows[next[indices[at]]++] = row;
  return { starts, rows };
}

/**
 * The columns whose presence tells most about the label, in order of their terms: those of the greatest mutual
 * information (as Yang & Pedersen 1997 select terms, but over all labels at once). Ties, here and in all that follows,
 * are so settled by the terms themselves, and not by how often or in what order they came.
 */
export function selectTerms(
  data: SparseDataset,
  columns: ColumnRows,
  terms: readonly string[],
  most: number,
): number[] {
  const information = informationOfColumns(data, columns);
  const byTerm = (a: number, b: number): number => (terms[a] === terms[b] ? a - b : terms[a] < terms[b] ? -1 : 1);
  return Array.from(information.keys())
    .sort((a, b) => information[b] - information[a] || byTerm(a, b))
    .slice(0, most)
    .sort(byTerm);
}

/** The mutual information of each column's presence and the label. */
function informationOfColumns(data: SparseDataset, { starts, rows }: ColumnRows): Float64Array {
  const weightOf = data.weights ?? new Float32Array(data.rows).fill(1);
  const labels = data.labels.length;
  const ofLabel = new Float64Array(labels);
  for (let row = 0; row < data.rows; row++) ofLabel[data.targets[row]] += weightOf[row];
  const counts = new Float64Array(2 * labels);
  return Float64Array.from({ length: data.columns }, (_, column) => {
    counts.fill(0);
    counts.set(ofLabel);
    for (let at = starts[column]; at < starts[column + 1]; at++) {
      const row = rows[at];
      counts[data.targets[row]] -= weightOf[row];
      counts[labels + data.targets[row]] += weightOf[row];
    }
    return conditionalMutualInformation(counts, { x: labels, y: 2 });
  });
}
