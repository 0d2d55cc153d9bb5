import { BifocalError } from "@bifocal/contracts";
import type { StateTable } from "./state-table.js";

/** The most numbers that the counts of a family may have; no search considers a larger one. */
export const largestFamily = 2 ** 22;

/** Counts rows by the states of a child and of its parents; in each array the child's state runs fastest. */
export interface FamilyCounter {
  /** The family as it is: parents' states × child's states. */
  readonly counts: Float64Array;
  /**
   * The family with one more parent, the last; undefined where it would pass `largestFamily`. The array is the
   * counter's own and holds these counts until its next call: a search asks for millions.
   */
  adding(parent: number): Float64Array | undefined;
}

/**
 * Counts the families of one child that have these parents, or one more.
 * @throws {BifocalError} `too-large` where the family as it is would pass `largestFamily`.
 */
export function familyCounter(table: StateTable, child: number, parents: readonly number[]): FamilyCounter {
  const childStates = table.variables[child].states.length;
  refuseTooLarge(table, [...parents, child]);
  const stateOf = combined(table, [child]);
  const configurationOf = combined(table, parents);
  const configurations = configurationsOf(table, parents);
  const weightOf = table.weights ?? new Float32Array(table.rows).fill(1);
  const counts = new Float64Array(configurations * childStates);
  for (let row = 0; row < table.rows; row++) counts[configurationOf[row] * childStates + stateOf[row]] += weightOf[row];
  let wider = new Float64Array();
  return {
    counts,
    adding(parent) {
      const parentStates = table.variables[parent].states.length;
      if (counts.length * parentStates > largestFamily) return undefined;
      if (wider.length === counts.length * parentStates) wider.fill(0);
      else wider = new Float64Array(counts.length * parentStates);
      const { common, rows, states } = table.columns[parent];
      const start = common * childStates;
      const width = parentStates * childStates;
      for (let i = 0, at = start; i < counts.length; i += childStates, at += width)
        for (let state = 0; state < childStates; state++) wider[at + state] = counts[i + state];
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i];
        const at = configurationOf[row] * width + stateOf[row];
        wider[at + states[i] * childStates] += weightOf[row];
        wider[at + start] -= weightOf[row];
      }
      return wider;
    },
  };
}

/** How many combinations of states the variables have. */
export function configurationsOf({ variables }: StateTable, numbers: readonly number[]): number {
  return numbers.reduce((product, each) => product * variables[each].states.length, 1);
}

function refuseTooLarge(table: StateTable, family: readonly number[]): void {
  const size = configurationsOf(table, family);
  if (size <= largestFamily) return;
  const names = family.map((each) => `"${table.variables[each].name}"`).join(", ");
  throw new BifocalError(
    "too-large",
    `A table over ${names} would have ${size} numbers; at most ${largestFamily} are allowed. Give the last of them fewer parents.`,
  );
}

/** The number of each row's combination of states, the last variable's fastest. */
function combined(table: StateTable, numbers: readonly number[]): Uint32Array {
  const combination = new Uint32Array(table.rows);
  for (const each of numbers) {
    const { common, rows, states } = table.columns[each];
    const count = table.variables[each].states.length;
    for (let row = 0; row < combination.length; row++) combination[row] = combination[row] * count + common;
    for (let i = 0; i < rows.length; i++) combination[rows[i]] += states[i] - common;
  }
  return combination;
}
