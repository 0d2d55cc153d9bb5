export {
  type BayesianNetwork,
  type BayesianNetworkOptions,
  bayesianNetwork,
  type Explanation,
} from "./bayesian-network.js";
export { defineBayesianNetwork, type VariableDefinition } from "./define-network.js";
export type { Distribution } from "./distribution.js";
export type { Assignment } from "./names.js";
export type { BayesianNetworkParams, NetworkTables, Variable } from "./network.js";
export type { Smoothing } from "./parameters.js";
export type { NetworkSampleOptions } from "./sample.js";
export { bdeuScore, bicScore, k2Score, type NetworkScore } from "./scores.js";
export type { StateColumn, StateRow, StateTable } from "./state-table.js";
export { givenStructure } from "./structures/given.js";
export { type Edge, type HillClimbingOptions, hillClimbingStructure } from "./structures/hill-climbing.js";
export { type K2Options, k2Structure } from "./structures/k2.js";
export { naiveStructure } from "./structures/naive.js";
export type { LearnStructure, Parents, StructureContext } from "./structures/structure.js";
export { treeAugmentedStructure, treeStructure } from "./structures/tree.js";
export type { TextNetwork } from "./text-network.js";
export { type BayesianNetworkTraining, trainBayesianNetwork } from "./train-network.js";
