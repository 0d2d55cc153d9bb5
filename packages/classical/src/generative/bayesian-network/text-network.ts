import { BifocalError, type Classifier, checkOption, didYouMean, seededRandom } from "@bifocal/contracts";
import { rowReader } from "../../features/row-reader.js";
import { termsOf } from "../../features/text-params.js";
import type { ModelKind, OpenContext } from "../../learner.js";
import { tooOld } from "../../model-file.js";
import { createTextClassifier } from "../../text-classifier.js";
import { type JointDensity, jointDensity } from "../joint-density.js";
import type { SampledRow } from "../naive-bayes-sample.js";
import { answering, type BayesianNetwork } from "./bayesian-network.js";
import { unobserved } from "./factor.js";
import type { BayesianNetworkParams } from "./network.js";
import { rowScorer } from "./row-scorer.js";
import { seedRule, stateSampler } from "./sample.js";
import { openTextNetwork, type TextNetworkParams } from "./text-network-params.js";

/** A network over the label of a text and the presence of its terms. */
export interface TextNetwork extends Classifier, JointDensity {
  /** For questions of any kind: its variables are `label` and, for each term, `has <term>`, which is `yes` or `no`. */
  readonly network: BayesianNetwork;
  /** Draws which terms a text of the label might have. @throws {BifocalError} `invalid-input` for a label that is none. */
  sample(label: string, options?: { readonly seed?: number }): SampledRow;
}

/**
 * Decides by p(label | terms) ∝ p(label) Π p(term there or not | label, the terms it depends on). Its density is of the
 * presence of all its terms.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function textNetwork(params: TextNetworkParams, context: OpenContext): TextNetwork {
  const network = openTextNetwork(params, context.card.id);
  const { labels } = params;
  const read = rowReader(params);
  const logJoint = rowScorer(network);
  const terms = termsOf(params);
  return {
    ...createTextClassifier(context, { labels, read, logits: logJoint }),
    network: answering(network),
    // Rounding may lift the sum of the shares of all labels a hair above 1.
    ...jointDensity(read, logJoint, 0),
    sample(label, { seed = 0 } = {}) {
      checkOption("seed", seedRule, seed);
      const evidence = new Int32Array(network.variables.length).fill(unobserved);
      evidence[0] = numberOfLabel(labels, label);
      const states = stateSampler(network, evidence, 1)(seededRandom(seed));
      const indices = Uint32Array.from(terms.keys()).filter((column) => states[column + 1] === 1);
      const values = new Float32Array(indices.length).fill(1);
      return { indices, values, terms: Array.from(indices, (column) => terms[column]) };
    },
  };
}

function numberOfLabel(labels: readonly string[], label: string): number {
  const number = labels.indexOf(label);
  if (number >= 0) return number;
  throw new BifocalError("invalid-input", `There is no label "${label}". ${didYouMean(label, labels)}`);
}

/** Opens a network over texts; one over a table is not any task's model, and says what opens it. */
export const bayesianNetworkKind: ModelKind<TextNetworkParams | BayesianNetworkParams> = {
  version: 2,
  open(params, context) {
    const { id } = context.card;
    if (!("variables" in params)) {
      if (params.version < 2) throw tooOld(id, `a network over texts of version ${params.version},`);
      return textNetwork(params, context);
    }
    throw new BifocalError(
      "unsupported",
      `${id} is a network over a table, not over texts. Open it by bayesianNetwork(decodeModel(file).params).`,
    );
  },
};
