import { BifocalError, checkOption, type Random, seededRandom } from "@bifocal/contracts";
import { type Eliminated, eliminate, traceBack } from "./eliminate.js";
import { familyFactor, unobserved } from "./factor.js";
import { impossible } from "./impossible.js";
import { type Assignment, observe, statesOf } from "./names.js";
import type { Network } from "./network.js";
import { ancestorsOf, observedVariables } from "./relevance.js";

/** How rows are drawn from a network. */
export interface NetworkSampleOptions {
  /** The same seed, network and options give the same samples (0 to 2^32 - 1). Default 0. */
  readonly seed?: number;
  readonly evidence?: Assignment;
  /** How many are drawn (1 to 10,000,000). Default 1. */
  readonly count?: number;
}

export const seedRule = { type: "integer", min: 0, max: 2 ** 32 - 1, about: "same seed, same samples" } as const;
const countRule = { type: "integer", min: 1, max: 10_000_000, about: "how many are drawn" } as const;

/**
 * Draws from P(all variables | evidence). What lies above the evidence is summed out once, and each sample drawn back
 * along the products (as forward filtering and backward sampling do on a chain); all else is drawn parents first.
 * So every sample is an exact and independent one, however unlikely the evidence.
 */
export function sampler(network: Network, limit: number): (options?: NetworkSampleOptions) => Assignment[] {
  return ({ seed = 0, evidence = {}, count = 1 } = {}) => {
    checkOption("seed", seedRule, seed);
    checkOption("count", countRule, count);
    const observed = observe(network, evidence);
    const draw = stateSampler(network, observed, limit);
    const random = seededRandom(seed);
    const all = network.variables.map((_, v) => v);
    return Array.from({ length: count }, () => statesOf(network, all, draw(random)));
  };
}

/** Draws a state of every variable, by number. @throws {BifocalError} `invalid-input` for evidence of probability 0, `too-large`. */
export function stateSampler(network: Network, evidence: Int32Array, limit: number): (random: Random) => Int32Array {
  const eliminated = aboveEvidence(network, evidence, limit);
  return (random) => {
    const states = evidence.slice();
    const choose = (values: Float64Array): number => pick(values, random);
    traceBack(eliminated, network.cardinalities, states, choose);
    for (const variable of network.order) {
      if (states[variable] === unobserved) states[variable] = choose(rowOf(network, variable, states));
    }
    return states;
  };
}

function aboveEvidence(network: Network, evidence: Int32Array, limit: number): Eliminated {
  const relevant = ancestorsOf(network, observedVariables(evidence));
  const factors = relevant.map((each) => familyFactor(network, each, evidence));
  const variables = relevant.filter((each) => evidence[each] === unobserved);
  const groups = [{ variables, combine: "sum" }] as const;
  const eliminated = eliminate(network, factors, groups, [], { limit, keepProducts: true });
  if (eliminated.factor.values[0] === 0) throw impossible();
  return eliminated;
}

/** P(variable | the states of its parents). */
function rowOf({ parents, tables, cardinalities }: Network, variable: number, states: Int32Array): Float64Array {
  let row = 0;
  for (const parent of parents[variable]) row = row * cardinalities[parent] + states[parent];
  return tables[variable].subarray(row * cardinalities[variable], (row + 1) * cardinalities[variable]);
}

/** An index in proportion to the weights. */
function pick(weights: Float64Array, random: Random): number {
  let total = 0;
  for (const weight of weights) total += weight;
  if (total === 0) throw new BifocalError("internal", "There is no state to draw.");
  let left = random() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) break;
  }
  return last;
}
