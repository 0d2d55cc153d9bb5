import type { Classifier } from "@bifocal/contracts";
import { readRows } from "../features/read-rows.js";
import { labelsOf, type SparseDataset, sparseDataset } from "../features/sparse-dataset.js";
import { readsTexts, type TextParams } from "../features/text-params.js";
import { textSettings, vocabularyOptions } from "../features/text-settings.js";
import { featureReader } from "../features/vocabulary.js";
import { inverseDocumentFrequencies, type Weighting, weigh } from "../features/weighting.js";
import type { LabelledText, Learner, ModelKind, OpenContext, TrainingContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { minimizeLbfgs } from "../optimize/lbfgs.js";
import { logisticObjective, outputsOf, rowOutputs } from "../optimize/logistic-objective.js";
import { createTextClassifier } from "../text-classifier.js";

/** What logistic regression learns of rows. */
export interface LogisticWeights {
  /** columns × outputs, then a bias an output; one output where there are two labels (see `logisticObjective`). */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LogisticRegressionParams extends TextParams, LogisticWeights {
  readonly kind: "logistic-regression";
  readonly scaleRows: boolean;
  /** What stands in each column of a row that has it; empty where that is 1. */
  readonly columnWeights: Float32Array;
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
    inverseDocumentFrequency: { type: "boolean", default: false, about: "weigh rare terms more than common ones" },
    scaleRows: { type: "boolean", default: false, about: "divide each text's features by their length" },
    iterations: { type: "integer", min: 1, max: 100_000, default: 200, about: "stop after so many steps of L-BFGS" },
  },
  train(items: readonly LabelledText[], settings, context): LogisticRegressionParams {
    const { ngrams, withoutAddresses, ...selection } = vocabularyOptions(settings);
    const features = { ngrams, withoutAddresses };
    const { vocabulary, rows } = readRows(items, { ...features, ...selection });
    const scaleRows = settings.scaleRows as boolean;
    const columns = settings.inverseDocumentFrequency ? inverseDocumentFrequencies(rows, vocabulary.length) : undefined;
    const weighting = weightingOf(columns ?? new Float32Array(), scaleRows);
    const weighed = rows.map(({ indices }) => ({ indices, values: weigh(indices, weighting) }));
    const learned = trainLogisticRegression(sparseDataset(weighed, vocabulary.length, items), {
      l2: settings.l2 as number,
      iterations: settings.iterations as number,
      ...context,
    });
    return {
      kind: "logistic-regression",
      version: 1,
      labels: labelsOf(items),
      features,
      vocabulary,
      scaleRows,
      columnWeights: columns ?? new Float32Array(),
      ...learned,
    };
  },
};

function weightingOf(columnWeights: Float32Array, scaleRows: boolean): Weighting {
  return { scaleRows, ...(columnWeights.length > 0 && { columns: columnWeights }) };
}

/**
 * p(label | text) by learned weights.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function logisticRegression(params: LogisticRegressionParams, context: OpenContext): Classifier {
  if (!fits(params)) throw unfitting(context.card.id);
  const { labels, vocabulary, features, weights, bias, scaleRows, columnWeights } = params;
  const outputs = outputsOf(labels.length);
  const weighting = weightingOf(columnWeights, scaleRows);
  const point = new Float32Array(weights.length + bias.length);
  point.set(weights);
  point.set(bias, weights.length);
  return createTextClassifier(context, {
    labels,
    read: featureReader(vocabulary, features),
    logits({ indices }) {
      const into = new Float64Array(outputs);
      rowOutputs({ indices, values: weigh(indices, weighting) }, 0, indices.length, point, outputs, into);
      return outputs === 1 ? Float64Array.of(0, into[0]) : into;
    },
  });
}

function fits(params: LogisticRegressionParams): boolean {
  const { labels, vocabulary, weights, bias, scaleRows, columnWeights } = params;
  return (
    readsTexts(params) &&
    bias?.length === outputsOf(labels.length) &&
    weights?.length === vocabulary.length * bias.length &&
    [0, vocabulary.length].includes(columnWeights?.length) &&
    typeof scaleRows === "boolean"
  );
}

export const logisticRegressionKind: ModelKind<LogisticRegressionParams> = { version: 1, open: logisticRegression };
