import { BifocalError } from "@bifocal/contracts";
import { type Distribution, distribution } from "./distribution.js";
import { eliminate } from "./eliminate.js";
import { explain } from "./explain.js";
import { familyFactor, unobserved } from "./factor.js";
import { impossible } from "./impossible.js";
import { type Assignment, observe, statesOf, variablesNamed } from "./names.js";
import { type BayesianNetworkParams, type Network, openNetwork, type Variable } from "./network.js";
import { ancestorsOf, observedVariables } from "./relevance.js";
import { type NetworkSampleOptions, sampler } from "./sample.js";

/** The likeliest states of some variables beside the evidence. */
export interface Explanation {
  readonly states: Assignment;
  /** ln P(states, evidence). */
  readonly logProbability: number;
}

/** A discrete Bayesian network that answers questions. Evidence names observed variables and their states. */
export interface BayesianNetwork {
  readonly variables: readonly Variable[];
  /** Names of a variable's parents, in the order of its table. */
  parentsOf(variable: string): string[];
  /** P(evidence); 1 of no evidence. It may be too small for a number where there are hundreds of variables. */
  probability(evidence: Assignment): number;
  /** ln P(evidence); -Infinity of what cannot be. */
  logProbability(evidence: Assignment): number;
  /** P(variables | evidence), jointly. */
  query(variables: readonly string[], evidence?: Assignment): Distribution;
  /** P(variable | evidence) of each variable by itself, by state; of all that are not observed where none is named. */
  marginals(evidence?: Assignment, variables?: readonly string[]): Record<string, Record<string, number>>;
  /**
   * Most probable explanation: the states of all variables that are likeliest together, given the evidence. Of only
   * some variables where they are named (maximum a posteriori, the others summed out); this may need much more memory.
   */
  mostProbable(evidence?: Assignment, variables?: readonly string[]): Explanation;
  /** Draws of all variables from P(· | evidence), each on its own; exact, none is rejected or weighted. */
  sample(options?: NetworkSampleOptions): Assignment[];
}

/** How exact answers are computed. */
export interface BayesianNetworkOptions {
  /** The most numbers that a factor may have, 8 bytes each (1 to 2^32). Default 2^24. */
  readonly factorLimit?: number;
}

/**
 * Opens a network for exact inference by variable elimination (Zhang & Poole 1996) in min-fill order. What cannot
 * change an answer is left out first: variables that are neither asked for, nor observed, nor above one that is.
 *
 * Every method throws a BifocalError: `invalid-input` for an unknown variable or state, with the nearest names, for one
 * that is both asked for and observed, and for evidence of probability 0 where something is asked given it;
 * `too-large`, before the work begins, where a factor would pass the limit. The message names its variables.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not make a network.
 * @example
 * const network = bayesianNetwork(params);
 * network.query(["rain"], { grass: "wet" }).probabilityOf({ rain: "yes" }); // 0.36
 */
export function bayesianNetwork(params: BayesianNetworkParams, options: BayesianNetworkOptions = {}): BayesianNetwork {
  return answering(openNetwork(params.variables, params, "the params"), options);
}

/** The questions, over an open network. */
export function answering(network: Network, { factorLimit = 2 ** 24 }: BayesianNetworkOptions = {}): BayesianNetwork {
  if (!(factorLimit >= 1 && factorLimit <= 2 ** 32))
    throw new BifocalError("invalid-input", "factorLimit must be a number from 1 to 4294967296.");
  const posterior = (asked: readonly number[], evidence: Int32Array) =>
    distribution(network, asked, posteriorOf(network, asked, evidence, factorLimit));
  const logProbability = (evidence: Assignment): number =>
    logEvidence(network, observe(network, evidence), factorLimit);
  return {
    variables: network.variables,
    parentsOf: (variable) => {
      const [number] = variablesNamed(network, [variable]);
      return Array.from(network.parents[number], (parent) => network.variables[parent].name);
    },
    probability: (evidence) => Math.exp(logProbability(evidence)),
    logProbability,
    query(variables, evidence = {}) {
      const observed = observe(network, evidence);
      return posterior(variablesNamed(network, variables, observed), observed);
    },
    marginals(evidence = {}, names = namesBeside(network, evidence)) {
      const observed = observe(network, evidence);
      const asked = variablesNamed(network, names, observed);
      return Object.fromEntries(asked.map((each, i) => [names[i], posterior([each], observed).marginalOf(names[i])]));
    },
    mostProbable(evidence = {}, names = namesBeside(network, evidence)) {
      const observed = observe(network, evidence);
      const asked = variablesNamed(network, names, observed);
      const { states, logProbability } = explain(network, asked, observed, factorLimit);
      return { states: statesOf(network, asked, states), logProbability };
    },
    sample: sampler(network, factorLimit),
  };
}

function namesBeside({ variables }: Network, evidence: Assignment): string[] {
  return variables.map(({ name }) => name).filter((name) => !Object.hasOwn(evidence, name));
}

function logEvidence(network: Network, evidence: Int32Array, limit: number): number {
  const { values, logScale } = summedOut(network, [], evidence, limit);
  // Rounding may lift what is certain a hair above 1.
  return Math.min(0, Math.log(values[0]) + logScale);
}

/** P(asked | evidence), the last variable fastest. */
function posteriorOf(network: Network, asked: readonly number[], evidence: Int32Array, limit: number): Float64Array {
  const { values } = summedOut(network, asked, evidence, limit);
  const total = values.reduce((sum, each) => sum + each, 0);
  if (total === 0) throw impossible();
  return values.map((each) => each / total);
}

/** P(asked, evidence) as a factor. */
function summedOut(network: Network, asked: readonly number[], evidence: Int32Array, limit: number) {
  const relevant = ancestorsOf(network, [...asked, ...observedVariables(evidence)]);
  const hidden = relevant.filter((each) => evidence[each] === unobserved && !asked.includes(each));
  const factors = relevant.map((each) => familyFactor(network, each, evidence));
  const groups = [{ variables: hidden, combine: "sum" }] as const;
  return eliminate(network, factors, groups, asked, { limit, keepProducts: false }).factor;
}
