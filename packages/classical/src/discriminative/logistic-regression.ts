import type { Classifier } from "@bifocal/contracts";
import { readDataset } from "../features/read-dataset.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { TermOptions } from "../features/terms.js";
import { textSettings, vocabularyOptions } from "../features/text-settings.js";
import { featureReader } from "../features/vocabulary.js";
import type { LabelledText, Learner, ModelKind, OpenContext, TrainingContext } from "../learner.js";
import type { Params } from "../model-file.js";
import { minimizeLbfgs } from "../optimize/lbfgs.js";
import { logisticObjective, outputsOf, rowOutputs, rowValue } from "../optimize/logistic-objective.js";
import { createTextClassifier } from "../text-classifier.js";

/** What logistic regression learns of rows. */
export interface LogisticWeights {
  /** columns × outputs, then a bias an output; one output where there are two labels (see `logisticObjective`). */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LogisticRegressionParams extends Params, LogisticWeights {
  readonly kind: "logistic-regression";
  readonly labels: readonly string[];
  readonly features: TermOptions;
  readonly vocabulary: readonly string[];
  readonly scaleRows: boolean;
}

export interface LogisticRegressionOptions extends TrainingContext {
  readonly l2: number;
  readonly scaleRows: boolean;
  readonly iterations: number;
}

/** Mean logistic loss + (l2 / 2)·‖w‖², biases unpenalized, by L-BFGS; multinomial where there are over two labels. */
export function trainLogisticRegression(
  data: SparseDataset,
  { l2, scaleRows, iterations, ...context }: LogisticRegressionOptions,
): LogisticWeights {
  const point = minimizeLbfgs(logisticObjective(data, { l2, scaleRows }), { maxIterations: iterations, ...context });
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
    scaleRows: { type: "boolean", default: false, about: "divide each text's features by their length" },
    iterations: { type: "integer", min: 1, max: 100_000, default: 200, about: "stop after so many steps of L-BFGS" },
  },
  train(items: readonly LabelledText[], settings, context): LogisticRegressionParams {
    const features = vocabularyOptions(settings);
    const { vocabulary, data } = readDataset(items, features);
    const scaleRows = settings.scaleRows as boolean;
    const learned = trainLogisticRegression(data, {
      l2: settings.l2 as number,
      scaleRows,
      iterations: settings.iterations as number,
      ...context,
    });
    const { ngrams, withoutAddresses } = features;
    return {
      kind: "logistic-regression",
      version: 1,
      labels: data.labels,
      features: { ngrams, withoutAddresses },
      vocabulary,
      scaleRows,
      ...learned,
    };
  },
};

/** p(label | text) by learned weights. */
export function logisticRegression(params: LogisticRegressionParams, context: OpenContext): Classifier {
  const { labels, vocabulary, features, weights, bias, scaleRows } = params;
  const outputs = outputsOf(labels.length);
  const point = new Float32Array(weights.length + bias.length);
  point.set(weights);
  point.set(bias, weights.length);
  return createTextClassifier(context, {
    labels,
    read: featureReader(vocabulary, features),
    logits({ indices }) {
      const into = new Float64Array(outputs);
      rowOutputs(indices, 0, indices.length, rowValue(indices.length, scaleRows), point, outputs, weights.length, into);
      return outputs === 1 ? Float64Array.of(0, into[0]) : into;
    },
  });
}

export const logisticRegressionKind: ModelKind<LogisticRegressionParams> = { version: 1, open: logisticRegression };
