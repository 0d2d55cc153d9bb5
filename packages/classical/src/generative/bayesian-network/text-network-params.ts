import { readsTexts, type TextParams, termsOf } from "../../features/text-params.js";
import { unfitting } from "../../model-file.js";
import { type Network, type NetworkTables, openNetwork } from "./network.js";
import { textVariables } from "./text-table.js";

/**
 * A network over the label of a text and the presence of its terms, as plain data. Variable 0 is the label, which has no
 * parents; variable `c + 1` is the presence of column `c`, and its first parent is the label.
 */
export interface TextNetworkParams extends TextParams, NetworkTables {
  readonly kind: "bayesian-network";
  readonly version: 2;
}

/** @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other. */
export function openTextNetwork(params: TextNetworkParams, name: string): Network {
  if (!readsTexts(params)) throw unfitting(name);
  const network = openNetwork(textVariables(params.labels, termsOf(params)), params, name);
  const [ofLabel, ...ofTerms] = network.parents;
  const isWhole =
    ofLabel.length === 0 && ofTerms.every((each) => each[0] === 0) && params.probabilities.every((each) => each > 0);
  if (!isWhole) throw unfitting(name);
  return network;
}
