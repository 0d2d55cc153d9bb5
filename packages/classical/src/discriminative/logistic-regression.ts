import type { Classifier } from "@bifocal/contracts";
import type { LinearScores } from "../explain/linear-scores.js";
import { keepColumns } from "../features/keep-columns.js";
import { learnRows } from "../features/learn-rows.js";
import { rowReader } from "../features/row-reader.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import { columnsOf, readsTexts, type TextParams } from "../features/text-params.js";
import { textLearning, textSettings } from "../features/text-settings.js";
import type { LabelledText, Learner, ModelKind, OpenContext, TrainingContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { minimizeLbfgs } from "../optimize/lbfgs.js";
import { logisticObjective, outputsOf, rowOutputs } from "../optimize/logistic-objective.js";
import { keepRows } from "../pruning/keep-rows.js";
import { createTextClassifier } from "../text-classifier.js";

/** What logistic regression learns of rows. */
export interface LogisticWeights {
  /** columns × outputs, then a bias an output; one output where there are two labels (see `logisticObjective`). */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LogisticRegressionParams extends TextParams, LogisticWeights {
  readonly kind: "logistic-regression";
}

export interface LogisticRegressionOptions extends TrainingContext {
  readonly l2: number;
  readonly iterations: number;
}

/** Mean logistic loss + (l2 / 2)·‖w‖², biases unpenalized, by L-BFGS; multinomial where there are over two labels. */
export function trainLogisticRegression(
  data: SparseDataset,
  { l2, iterations, ...context }: LogisticRegressionOptions,
): LogisticWeights {
  const point = minimizeLbfgs(logisticObjective(data, l2), { maxIterations: iterations, ...context });
  const count = data.columns * outputsOf(data.labels.length);
  return { weights: Float32Array.from(point.subarray(0, count)), bias: Float32Array.from(point.subarray(count)) };
}

/** Logistic regression over the terms of a text. */
export const logisticRegressionLearner: Learner<"labelled-texts"> = {
  name: "logistic-regression",
  family: "logistic regression",
  paradigm: "discriminative",
  tasks: ["text-classification", "sentiment-analysis"],
  reads: "labelled-texts",
  settings: {
    ...textSettings,
    l2: { type: "number", above: 0, max: 1000, default: 1e-4, about: "strength of the penalty on large weights" },
    iterations: { type: "integer", min: 1, max: 100_000, default: 200, about: "stop after so many steps of L-BFGS" },
  },
  train(items: readonly LabelledText[], settings, context): LogisticRegressionParams {
    const { text, data } = learnRows(items, textLearning(settings));
    const learned = trainLogisticRegression(data, {
      l2: settings.l2 as number,
      iterations: settings.iterations as number,
      ...context,
    });
    return { kind: "logistic-regression", version: 1, ...text, ...learned };
  },
};

/**
 * p(label | text) by learned weights.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function logisticRegression(params: LogisticRegressionParams, context: OpenContext): Classifier {
  if (!fits(params)) throw unfitting(context.card.id);
  const { labels, weights, bias } = params;
  const outputs = outputsOf(labels.length);
  const point = new Float32Array(weights.length + bias.length);
  point.set(weights);
  point.set(bias, weights.length);
  return createTextClassifier(context, {
    labels,
    read: rowReader(params),
    logits(row) {
      const into = new Float64Array(outputs);
      rowOutputs(row, 0, row.length, point, outputs, into);
      return outputs === 1 ? Float64Array.of(0, into[0]) : into;
    },
  });
}

function fits(params: LogisticRegressionParams): boolean {
  const { labels, weights, bias } = params;
  return (
    readsTexts(params) &&
    bias?.length === outputsOf(labels.length) &&
    weights?.length === columnsOf(params) * bias.length
  );
}

function linearScores(params: LogisticRegressionParams): () => LinearScores {
  const { labels, weights, bias } = params;
  return () => ({ reading: params, labels, outputs: bias.length, weights, bias, link: "softmax" });
}

function keepWeights(params: LogisticRegressionParams, columns: Uint32Array): LogisticRegressionParams {
  return { ...keepColumns(params, columns), weights: keepRows(params.weights, columns, params.bias.length) };
}

export const logisticRegressionKind: ModelKind<LogisticRegressionParams> = {
  version: 1,
  open: logisticRegression,
  linearScores,
  keepColumns: keepWeights,
};
