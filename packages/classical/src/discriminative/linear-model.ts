import { type Classifier, softmax } from "@bifocal/contracts";
import { calibrate } from "../calibration/calibration.js";
import type { LinearScores } from "../explain/linear-scores.js";
import { keepColumns } from "../features/keep-columns.js";
import { rowReader } from "../features/row-reader.js";
import type { ModelKind, OpenContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { keepRows } from "../pruning/keep-rows.js";
import { createTextScorer } from "../text-classifier.js";
import { isLinear, type LinearParams, type Link } from "./linear-params.js";
import { linearScorer } from "./linear-scorer.js";

/** The scores of labels by the outputs of a row, one where there are two labels. */
const linkScores: Readonly<Record<Link, (outputs: Float64Array) => ArrayLike<number>>> = {
  softmax: (outputs) => softmax(outputs.length === 1 ? [0, outputs[0]] : outputs),
  "one-vs-rest": (outputs) => (outputs.length === 1 ? linkScores.softmax(outputs) : sharesOfSigmoids(outputs)),
  margin: (outputs) => (outputs.length === 1 ? [-outputs[0], outputs[0]] : outputs),
};

/** 1 / (1 + e^−z) of each output, divided by their sum; taken over the largest where all are too small for a number. */
function sharesOfSigmoids(outputs: Float64Array): Float64Array {
  return softmax(outputs.map((z) => (z > 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z)))));
}

/**
 * Decides by a linear function of a text's features. Its scores are margins where the link says so and nothing
 * calibrates them, otherwise probabilities.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function linearModel(params: LinearParams, context: OpenContext): Classifier {
  if (!isLinear(params)) throw unfitting(context.card.id);
  const { labels, link, calibration } = params;
  const outputsOf = linearScorer(params);
  const scoresOf = linkScores[link];
  return createTextScorer(context, {
    labels,
    scoreKind: link === "margin" && calibration === undefined ? "margin" : "probability",
    read: rowReader(params),
    scores:
      calibration === undefined ? (row) => scoresOf(outputsOf(row)) : (row) => calibrate(calibration, outputsOf(row)),
  });
}

function linearScores(params: LinearParams): () => LinearScores {
  const { labels, weights, bias, link, calibration } = params;
  return () => ({
    reading: params,
    labels,
    outputs: bias.length,
    weights,
    bias,
    link,
    ...(calibration && { calibration }),
  });
}

function keepWeights(params: LinearParams, columns: Uint32Array): LinearParams {
  return { ...keepColumns(params, columns), weights: keepRows(params.weights, columns, params.bias.length) };
}

export const linearKind: ModelKind<LinearParams> = {
  version: 2,
  oldest: 2,
  open: linearModel,
  linearScores,
  keepColumns: keepWeights,
};
