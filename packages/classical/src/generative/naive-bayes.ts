import type { Classifier, Density, LogProbability } from "@bifocal/contracts";
import { throwIfAborted } from "@bifocal/contracts";
import { learnRows } from "../features/learn-rows.js";
import { rowReader, type TextRow } from "../features/row-reader.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import { columnsOf, readsTexts, type TextParams } from "../features/text-params.js";
import { textLearning, textSettings } from "../features/text-settings.js";
import type { LabelledText, Learner, ModelKind, OpenContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { createTextClassifier } from "../text-classifier.js";

/** What naive Bayes learns of rows: counts, so that nothing is lost and more can be added. */
export interface NaiveBayesCounts {
  /** columns × labels: the sum of the label's rows; where values are presence, in how many texts the term stands. */
  readonly counts: Float32Array;
  /** Texts of each label. */
  readonly documents: Float32Array;
}

export interface NaiveBayesParams extends TextParams, NaiveBayesCounts {
  readonly kind: "naive-bayes";
  /** Added to every count (Lidstone). */
  readonly smoothing: number;
}

/** Sums the rows of each label. */
export function trainNaiveBayes({
  rows,
  columns,
  offsets,
  indices,
  values,
  targets,
  labels,
}: SparseDataset): NaiveBayesCounts {
  const width = labels.length;
  const counts = new Float32Array(columns * width);
  const documents = new Float32Array(width);
  for (let row = 0; row < rows; row++) {
    const label = targets[row];
    documents[label]++;
    for (let k = offsets[row]; k < offsets[row + 1]; k++) counts[indices[k] * width + label] += values[k];
  }
  return { counts, documents };
}

/** Multinomial naive Bayes over the terms of a text. */
export const naiveBayesLearner: Learner<"labelled-texts"> = {
  name: "naive-bayes",
  family: "multinomial naive Bayes",
  paradigm: "generative",
  tasks: ["text-classification", "sentiment-analysis"],
  reads: "labelled-texts",
  settings: {
    ...textSettings,
    smoothing: { type: "number", above: 0, max: 1000, default: 1, about: "added to the count of every term" },
  },
  train(items: readonly LabelledText[], settings, context): NaiveBayesParams {
    throwIfAborted(context.signal);
    const { text, data } = learnRows(items, textLearning(settings));
    const smoothing = settings.smoothing as number;
    return { kind: "naive-bayes", version: 1, ...text, smoothing, ...trainNaiveBayes(data) };
  },
};

/**
 * log p(label, text) = log p(label) + Σ log p(term | label), with
 * p(term | label) = (count(term, label) + smoothing) / (Σ counts of the label + smoothing · terms)
 * (McCallum & Nigam 1998, multinomial; where values are presence, each term counts once a text).
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function naiveBayes(params: NaiveBayesParams, context: OpenContext): Classifier & Density {
  if (!fits(params)) throw unfitting(context.card.id);
  const { labels } = params;
  const logJoint = jointOf(params);
  const read = rowReader(params);
  const density = (text: string): LogProbability => {
    const row = read(text);
    return {
      // Rounding may lift the sum of the shares of all labels a hair above 1.
      logProbability: Math.min(0, logSum(logJoint(row))),
      tokens: row.length,
      bytes: Buffer.byteLength(text),
      over: "features",
    };
  };
  return {
    ...createTextClassifier(context, { labels, read, logits: logJoint }),
    async logProbability(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map(density);
    },
  };
}

function fits(params: NaiveBayesParams): boolean {
  const { labels, counts, documents, smoothing } = params;
  return (
    readsTexts(params) &&
    counts?.length === columnsOf(params) * labels.length &&
    documents?.length === labels.length &&
    smoothing > 0
  );
}

export const naiveBayesKind: ModelKind<NaiveBayesParams> = { version: 1, open: naiveBayes };

/** The function from a row to log p(label, row), a number a label. */
function jointOf({ counts, documents, labels, smoothing }: NaiveBayesParams): (row: TextRow) => Float64Array {
  const width = labels.length;
  const columns = counts.length / width;
  const totals = new Float64Array(width).fill(smoothing * columns);
  for (let i = 0; i < counts.length; i++) totals[i % width] += counts[i];
  const logTotals = totals.map(Math.log);
  const likelihoods = new Float32Array(counts.length);
  for (let i = 0; i < counts.length; i++) likelihoods[i] = Math.log(counts[i] + smoothing) - logTotals[i % width];
  const all = documents.reduce((sum, each) => sum + each, 0);
  const prior = Float64Array.from(documents, (each) => Math.log(each / all));
  return ({ indices, values, length }) => {
    const joint = prior.slice();
    for (let k = 0; k < length; k++)
      for (let label = 0; label < width; label++) joint[label] += values[k] * likelihoods[indices[k] * width + label];
    return joint;
  };
}

/** log Σ exp(x), shifted by the largest. */
function logSum(logs: Float64Array): number {
  const largest = Math.max(...logs);
  return largest + Math.log(logs.reduce((sum, each) => sum + Math.exp(each - largest), 0));
}
