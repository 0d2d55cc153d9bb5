import type { Classifier, Density, LogProbability } from "@bifocal/contracts";
import { throwIfAborted } from "@bifocal/contracts";
import { readRows } from "../features/read-rows.js";
import { labelsOf } from "../features/sparse-dataset.js";
import { readsTexts, type TextParams } from "../features/text-params.js";
import { textSettings, vocabularyOptions } from "../features/text-settings.js";
import { type FeatureRow, featureReader } from "../features/vocabulary.js";
import type { LabelledText, Learner, ModelKind, OpenContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { createTextClassifier } from "../text-classifier.js";

/** What naive Bayes learns of rows: counts, so that nothing is lost and more can be added. */
export interface NaiveBayesCounts {
  /** columns × labels: in how many texts of the label the term stands. */
  readonly counts: Float32Array;
  /** Texts of each label. */
  readonly documents: Float32Array;
}

export interface NaiveBayesParams extends TextParams, NaiveBayesCounts {
  readonly kind: "naive-bayes";
  /** Added to every count (Lidstone). */
  readonly smoothing: number;
}

/** Counts each term once a text; `targets` numbers each row's label. */
export function trainNaiveBayes(
  rows: readonly FeatureRow[],
  targets: readonly number[],
  columns: number,
  labels: number,
): NaiveBayesCounts {
  const counts = new Float32Array(columns * labels);
  const documents = new Float32Array(labels);
  for (const [i, { indices }] of rows.entries()) {
    const label = targets[i];
    documents[label]++;
    for (const index of indices) counts[index * labels + label]++;
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
    const { ngrams, withoutAddresses, ...selection } = vocabularyOptions(settings);
    const features = { ngrams, withoutAddresses };
    const { vocabulary, rows } = readRows(items, { ...features, ...selection });
    const labels = labelsOf(items);
    const targets = items.map(({ label }) => labels.indexOf(label));
    const counted = trainNaiveBayes(rows, targets, vocabulary.length, labels.length);
    const smoothing = settings.smoothing as number;
    return { kind: "naive-bayes", version: 1, labels, features, vocabulary, smoothing, ...counted };
  },
};

/**
 * log p(label, text) = log p(label) + Σ log p(term | label), with
 * p(term | label) = (count(term, label) + smoothing) / (Σ counts of the label + smoothing · terms)
 * (McCallum & Nigam 1998, multinomial, each term counted once a text).
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function naiveBayes(params: NaiveBayesParams, context: OpenContext): Classifier & Density {
  if (!fits(params)) throw unfitting(context.card.id);
  const { labels, vocabulary, features } = params;
  const logJoint = jointOf(params);
  const read = featureReader(vocabulary, features);
  const density = (text: string): LogProbability => {
    const row = read(text);
    return {
      // Rounding may lift the sum of the shares of all labels a hair above 1.
      logProbability: Math.min(0, logSum(logJoint(row))),
      tokens: row.indices.length,
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
  const { labels, vocabulary, counts, documents, smoothing } = params;
  return (
    readsTexts(params) &&
    counts?.length === vocabulary.length * labels.length &&
    documents?.length === labels.length &&
    smoothing > 0
  );
}

export const naiveBayesKind: ModelKind<NaiveBayesParams> = { version: 1, open: naiveBayes };

/** The function from a row to log p(label, row), a number a label. */
function jointOf({ counts, documents, labels, smoothing }: NaiveBayesParams): (row: FeatureRow) => Float64Array {
  const width = labels.length;
  const columns = counts.length / width;
  const totals = new Float64Array(width).fill(smoothing * columns);
  for (let i = 0; i < counts.length; i++) totals[i % width] += counts[i];
  const logTotals = totals.map(Math.log);
  const likelihoods = new Float32Array(counts.length);
  for (let i = 0; i < counts.length; i++) likelihoods[i] = Math.log(counts[i] + smoothing) - logTotals[i % width];
  const all = documents.reduce((sum, each) => sum + each, 0);
  const prior = Float64Array.from(documents, (each) => Math.log(each / all));
  return ({ indices }) => {
    const joint = prior.slice();
    for (const index of indices)
      for (let label = 0; label < width; label++) joint[label] += likelihoods[index * width + label];
    return joint;
  };
}

/** log Σ exp(x), shifted by the largest. */
function logSum(logs: Float64Array): number {
  const largest = Math.max(...logs);
  return largest + Math.log(logs.reduce((sum, each) => sum + Math.exp(each - largest), 0));
}
