import type { SparseDataset } from "../../features/sparse-dataset.js";
import type { Variable } from "./network.js";
import type { ColumnRows } from "./select-terms.js";
import { type StateTable, sparseColumn } from "./state-table.js";

/** Name of the variable that holds the label; it is the first. */
export const labelVariable = "label";

/**
 * The variables of a network over texts: the label, then for each term whether a text has it. A word and a run of
 * characters may be written alike: the second is told apart by a number.
 */
export function textVariables(labels: readonly string[], terms: readonly string[]): Variable[] {
  const presence = ["no", "yes"];
  const names = new Set([labelVariable]);
  for (const term of terms) {
    let name = `has ${term}`;
    for (let copy = 2; names.has(name); copy++) name = `has ${term} (${copy})`;
    names.add(name);
  }
  return Array.from(names, (name, i) => ({ name, states: i === 0 ? labels : presence }));
}

/** Labelled rows as states of the label and the presence of the selected columns, which have these terms. */
export function textTable(
  data: SparseDataset,
  { starts, rows }: ColumnRows,
  selected: readonly number[],
  terms: readonly string[],
): StateTable {
  const columns = selected.map((column) => {
    const present = rows.subarray(starts[column], starts[column + 1]);
    return { common: 0, rows: present, states: new Uint16Array(present.length).fill(1) };
  });
  return {
    rows: data.rows,
    variables: textVariables(data.labels, terms),
    columns: [sparseColumn(Uint16Array.from(data.targets), data.labels.length), ...columns],
    weight: data.weights?.reduce((sum, each) => sum + each, 0) ?? data.rows,
    ...(data.weights && { weights: data.weights }),
  };
}
