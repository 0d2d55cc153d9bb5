import { BifocalError, checkOption, throwIfAborted } from "@bifocal/contracts";
import type { BayesianNetworkParams } from "./network.js";
import { estimateTables, type Smoothing } from "./parameters.js";
import { readTable, type StateRow } from "./state-table.js";
import { hillClimbingStructure } from "./structures/hill-climbing.js";
import type { LearnStructure, StructureContext } from "./structures/structure.js";

/** How structure and tables are learned from rows. */
export interface BayesianNetworkTraining extends StructureContext, Partial<Smoothing> {
  /** How the edges are found. Default `hillClimbingStructure()`. */
  readonly structure?: LearnStructure;
  /** The states of some variables, where they are more than those that occur, or their order matters. */
  readonly states?: Readonly<Record<string, readonly string[]>>;
}

/** How much a prior may weigh. */
const sampleSizeRule = {
  type: "number",
  min: 0,
  max: 1e9,
  about: "rows that the prior is worth; 0 for maximum likelihood",
} as const;

/**
 * Learns a discrete Bayesian network from rows of states: first the edges, then the tables (`equivalentSampleSize`,
 * default 1; `prior`, default `uniform`). The same rows and options give the same bits.
 * @throws {BifocalError} `invalid-input` where rows differ in their variables, a state is not among those named or an
 *   option is out of its range; `too-large` where a table would pass 4,194,304 numbers; `aborted`.
 * @example
 * const params = await trainBayesianNetwork(rows, { structure: treeAugmentedStructure("play") });
 * bayesianNetwork(params).query(["play"], { outlook: "sunny" }).probabilityOf({ play: "yes" });
 */
export async function trainBayesianNetwork(
  rows: readonly StateRow[],
  options: BayesianNetworkTraining = {},
): Promise<BayesianNetworkParams> {
  const { structure = hillClimbingStructure(), states, equivalentSampleSize = 1, prior = "uniform" } = options;
  const { dependenceSampleSize = equivalentSampleSize } = options;
  checkOption("equivalentSampleSize", sampleSizeRule, equivalentSampleSize);
  checkOption("dependenceSampleSize", sampleSizeRule, dependenceSampleSize);
  if (prior !== "uniform" && prior !== "fewer-parents")
    throw new BifocalError("invalid-input", 'prior must be "uniform" or "fewer-parents".');
  throwIfAborted(options.signal);
  const table = readTable(rows, states);
  const parents = await structure(table, options);
  const tables = estimateTables(table, parents, { equivalentSampleSize, dependenceSampleSize, prior });
  return { kind: "bayesian-network", version: 1, variables: table.variables, ...tables };
}
