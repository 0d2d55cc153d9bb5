import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { BayesianNetworkParams, Variable } from "./network.js";
import { packEdges } from "./pack-edges.js";
import { topologicalOrder } from "./topological-order.js";

/** A variable with its parents and its table, as written by hand. */
export interface VariableDefinition extends Variable {
  /** Names of variables that it depends on directly. Default none. */
  readonly parents?: readonly string[];
  /**
   * A row for each combination of the parents' states, the last parent's fastest (one row where there is no parent);
   * in a row a probability for each state, adding up to 1.
   */
  readonly probabilities: readonly (readonly number[])[];
}

/**
 * A Bayesian network written by hand, in any order.
 * @throws {BifocalError} `invalid-input` where names are doubled or unknown, a variable is its own ancestor, or a table
 *   has another shape or rows that do not add up to 1 (within 1e-6; what rounding left is made good).
 * @example
 * const params = defineBayesianNetwork([
 *   { name: "rain", states: ["yes", "no"], probabilities: [[0.2, 0.8]] },
 *   { name: "grass", states: ["wet", "dry"], parents: ["rain"], probabilities: [[0.9, 0.1], [0.1, 0.9]] },
 * ]);
 */
export function defineBayesianNetwork(definitions: readonly VariableDefinition[]): BayesianNetworkParams {
  if (definitions.length === 0) throw wrong("A network needs at least one variable; give one.");
  const names = definitions.map(({ name }) => name);
  refuseDoubles(names, "variables");
  for (const { name, states } of definitions) refuseDoubles(states, `states of "${name}"`);
  const parents = definitions.map((each) => parentsOf(each, names));
  if (topologicalOrder(parents) === undefined)
    throw wrong("Some variables are their own ancestors; take out an edge of that circle.");
  const tables = definitions.map((each, v) =>
    tableOf(
      each,
      parents[v].map((parent) => definitions[parent]),
    ),
  );
  return {
    kind: "bayesian-network",
    version: 1,
    variables: definitions.map(({ name, states }) => ({ name, states: [...states] })),
    ...packEdges(parents),
    probabilities: Float64Array.from(tables.flat(2)),
  };
}

function parentsOf({ name, parents = [] }: VariableDefinition, names: readonly string[]): number[] {
  refuseDoubles(parents, `parents of "${name}"`);
  return parents.map((parent) => {
    const number = names.indexOf(parent);
    if (number >= 0) return number;
    throw wrong(`"${name}" has a parent "${parent}" that is no variable. ${didYouMean(parent, names)}`);
  });
}

function tableOf({ name, states, probabilities }: VariableDefinition, parents: readonly Variable[]): number[][] {
  const rows = parents.reduce((product, parent) => product * parent.states.length, 1);
  if (states.length === 0) throw wrong(`"${name}" has no states; give at least one.`);
  if (probabilities.length !== rows || probabilities.some((row) => row.length !== states.length))
    throw wrong(`The table of "${name}" must have ${rows} rows of ${states.length} probabilities.`);
  return probabilities.map((row, i) => {
    const total = row.reduce((sum, each) => sum + each, 0);
    if (row.every((each) => each >= 0) && Math.abs(total - 1) <= 1e-6) return row.map((each) => each / total);
    throw wrong(`Row ${i + 1} of the table of "${name}" must have numbers from 0 to 1 that add up to 1.`);
  });
}

function refuseDoubles(names: readonly string[], what: string): void {
  const doubled = names.find((name, i) => names.indexOf(name) < i);
  if (doubled !== undefined) throw wrong(`Two ${what} are called "${doubled}"; give each its own name.`);
}

function wrong(message: string): BifocalError {
  return new BifocalError("invalid-input", message);
}
