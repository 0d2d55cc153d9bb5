import { BifocalError } from "@bifocal/contracts";
import type { Params } from "../../model-file.js";
import { topologicalOrder } from "./topological-order.js";

/** One of the things that a network is about, and what it can be. */
export interface Variable {
  readonly name: string;
  readonly states: readonly string[];
}

/** Edges and tables of a network; what they are of is said beside them. */
export interface NetworkTables {
  /** The parents of variable `v` are `parents[parentOffsets[v]]` to `parents[parentOffsets[v + 1] - 1]`. */
  readonly parentOffsets: Uint32Array;
  readonly parents: Uint32Array;
  /**
   * P(variable | parents), a table a variable, one after the other. Within a table the variable's own state runs
   * fastest, then the state of its last parent; so each run of as many numbers as it has states adds up to 1.
   */
  readonly probabilities: Float64Array;
}

/** A discrete Bayesian network as plain data: what training gives and a model file keeps. */
export interface BayesianNetworkParams extends Params, NetworkTables {
  readonly kind: "bayesian-network";
  readonly version: 1;
  readonly variables: readonly Variable[];
}

/** A network opened for questions; variables and states go by number. */
export interface Network {
  readonly variables: readonly Variable[];
  /** How many states each variable has. */
  readonly cardinalities: readonly number[];
  readonly parents: readonly Uint32Array[];
  readonly tables: readonly Float64Array[];
  /** Every variable, parents before children. */
  readonly order: readonly number[];
}

/** How far a run of probabilities may be from adding up to 1. */
const tolerance = 1e-6;

/** The network of some params. @throws {BifocalError} `model-damaged` where the parts do not make a network. */
export function openNetwork(variables: readonly Variable[], tables: NetworkTables, name: string): Network {
  const network = parted(variables, tables);
  if (network !== undefined) return network;
  throw new BifocalError(
    "model-damaged",
    `The parts of ${name} do not make a Bayesian network. Get or train it again.`,
  );
}

function parted(variables: readonly Variable[], tables: NetworkTables): Network | undefined {
  const { parentOffsets, parents: flat, probabilities } = tables;
  if (!areVariables(variables)) return undefined;
  const count = variables.length;
  if (![parentOffsets, flat].every((each) => each instanceof Uint32Array)) return undefined;
  if (!(probabilities instanceof Float64Array) || parentOffsets.length !== count + 1) return undefined;
  if (parentOffsets[count] !== flat.length || flat.some((parent) => parent >= count)) return undefined;
  const parents = variables.map((_, v) => flat.subarray(parentOffsets[v], parentOffsets[v + 1]));
  const order = topologicalOrder(parents);
  if (order === undefined) return undefined;
  const cardinalities = variables.map(({ states }) => states.length);
  const cut = cutTables(parents, cardinalities, probabilities);
  return cut && { variables, cardinalities, parents, tables: cut, order };
}

function areVariables(variables: unknown): boolean {
  if (!Array.isArray(variables) || variables.length === 0) return false;
  const named = variables.every((each: Variable | null) => typeof each?.name === "string" && areStates(each.states));
  return named && new Set(variables.map((each: Variable) => each.name)).size === variables.length;
}

function areStates(states: unknown): boolean {
  return (
    Array.isArray(states) &&
    states.length > 0 &&
    states.every((state) => typeof state === "string") &&
    new Set(states).size === states.length
  );
}

function cutTables(
  parents: readonly Uint32Array[],
  cardinalities: readonly number[],
  probabilities: Float64Array,
): Float64Array[] | undefined {
  let start = 0;
  const tables = parents.map((each, v) => {
    const size = each.reduce((product, parent) => product * cardinalities[parent], cardinalities[v]);
    start += size;
    return probabilities.subarray(start - size, start);
  });
  const whole = start === probabilities.length && tables.every((table, v) => addsUp(table, cardinalities[v]));
  return whole ? tables : undefined;
}

/** Whether each run of `states` numbers is a distribution. */
function addsUp(table: Float64Array, states: number): boolean {
  for (let start = 0; start < table.length; start += states) {
    let total = 0;
    for (let i = start; i < start + states; i++) {
      if (!(table[i] >= 0)) return false;
      total += table[i];
    }
    if (!(Math.abs(total - 1) <= tolerance)) return false;
  }
  return true;
}
