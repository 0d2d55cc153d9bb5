import { BifocalError } from "@bifocal/contracts";
import type { Variable } from "./network.js";

/**
 * A variable over all rows. Only rows that are not in its most common state are listed, so that counting a family costs
 * no more than the rows that matter (the idea of the AD-tree: Moore & Lee 1998); a term that few texts have costs little.
 */
export interface StateColumn {
  readonly common: number;
  /** Rows in another state, ascending, and the states. */
  readonly rows: Uint32Array;
  readonly states: Uint16Array;
}

/** What structures and tables are learned from: rows of states, by column. */
export interface StateTable {
  readonly rows: number;
  readonly variables: readonly Variable[];
  readonly columns: readonly StateColumn[];
  /** How often each row counts; 1 each where absent. */
  readonly weights?: Float32Array;
  /** The sum of all weights. */
  readonly weight: number;
}

/** A row: the state of every variable, by name. */
export type StateRow = Readonly<Record<string, string>>;

/**
 * Reads rows of states. The variables are those of the first row; the states those that occur, in order of code units,
 * unless `states` names them.
 * @throws {BifocalError} `invalid-input` where there is no row, a row lacks a variable or has another, or a state is not
 *   among those named. A value that is missing must be a state of its own.
 */
export function readTable(
  rows: readonly StateRow[],
  given: Readonly<Record<string, readonly string[]>> = {},
): StateTable {
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0)
    throw new BifocalError("invalid-input", "There are no rows of states to learn from; give one.");
  for (const [i, row] of rows.entries()) refuseOthers(row, names, i);
  const variables = names.map((name) => ({ name, states: statesIn(rows, name, given) }));
  const columns = variables.map((variable) => readColumn(rows, variable));
  return { rows: rows.length, variables, columns, weight: rows.length };
}

function statesIn(
  rows: readonly StateRow[],
  name: string,
  given: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return Object.hasOwn(given, name) ? given[name] : [...new Set(rows.map((row) => row[name]))].sort();
}

function refuseOthers(row: StateRow, names: readonly string[], i: number): void {
  const lacking = names.find((name) => typeof (Object.hasOwn(row, name) && row[name]) !== "string");
  if (lacking === undefined && Object.keys(row).length === names.length) return;
  const problem =
    lacking === undefined ? "has a variable that the first row has not" : `has no state of "${lacking}" that is a text`;
  throw new BifocalError("invalid-input", `Row ${i + 1} ${problem}. Every row must have the variables of the first.`);
}

function readColumn(rows: readonly StateRow[], { name, states }: Variable): StateColumn {
  const numbers = new Map(states.map((state, i) => [state, i]));
  if (states.length > 2 ** 16)
    throw new BifocalError("too-large", `"${name}" has more than 65,536 states; group them.`);
  const column = Uint16Array.from(rows, (row, i) => {
    const number = numbers.get(row[name]);
    if (number !== undefined) return number;
    throw new BifocalError(
      "invalid-input",
      `The state of "${name}" in row ${i + 1} is not among those that were named.`,
    );
  });
  return sparseColumn(column, states.length);
}

/** A column of states by number. */
export function sparseColumn(column: Uint16Array, states: number): StateColumn {
  const counts = new Uint32Array(states);
  for (const state of column) counts[state]++;
  const common = counts.indexOf(counts.reduce((most, each) => Math.max(most, each), 0));
  const rows = new Uint32Array(column.length - counts[common]);
  const others = new Uint16Array(rows.length);
  for (let row = 0, next = 0; row < column.length; row++) {
    if (column[row] === common) continue;
    rows[next] = row;
    others[next++] = column[row];
  }
  return { common, rows, states: others };
}
