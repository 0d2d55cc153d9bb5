import type { Classifier } from "@bifocal/contracts";
import type { LinearScores } from "../explain/linear-scores.js";
import { keepColumns } from "../features/keep-columns.js";
import { rowReader } from "../features/row-reader.js";
import type { ModelKind, OpenContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { createTextClassifier } from "../text-classifier.js";
import { type JointDensity, jointDensity } from "./joint-density.js";
import { countsOfColumns, keepEntries } from "./naive-bayes-counts.js";
import { denseWeights } from "./naive-bayes-linear.js";
import { linearForms, type NaiveBayesParams, rowScorer, surveyFitting } from "./naive-bayes-model.js";
import { rowSampler, type SampledRow, type SampleOptions } from "./naive-bayes-sample.js";

/**
 * Naive Bayes as a model of rows. What its probabilities are of:
 *
 * - multinomial: the terms that were read, one after another, given how many they are (a row of presence: the distinct terms);
 * - Bernoulli: which terms of the vocabulary stand in the text and which do not;
 * - Gaussian: a density over the values of all columns, which may be above 1.
 */
export interface GenerativeNaiveBayes extends Classifier, JointDensity {
  /**
   * Draws the features of a text that the label might make.
   * @throws {BifocalError} `invalid-input` for a label that is none, or a length out of range; `unknown-option`.
   */
  sample(label: string, options?: SampleOptions): SampledRow;
}

/** Params of an event that is a model of rows; the complement only decides. */
export type GenerativeParams = NaiveBayesParams & { readonly event: Exclude<NaiveBayesParams["event"], "complement"> };

/**
 * Decides by p(label | text) ∝ p(label) · p(features of the text | label) (see `NaiveBayesEvent` for the distributions).
 * The complement has no p(features | label): it decides by the softmax of its scores, and gives no density and no samples.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function naiveBayes(params: GenerativeParams, context: OpenContext): GenerativeNaiveBayes;
export function naiveBayes(params: NaiveBayesParams, context: OpenContext): Classifier | GenerativeNaiveBayes;
export function naiveBayes(params: NaiveBayesParams, context: OpenContext): Classifier | GenerativeNaiveBayes {
  const survey = surveyFitting(params);
  if (survey === undefined) throw unfitting(context.card.id);
  const logJoint = rowScorer(params, survey);
  const read = rowReader(params);
  const classifier = createTextClassifier(context, { labels: params.labels, read, logits: logJoint });
  const sample = rowSampler(params);
  if (sample === undefined) return classifier;
  // Rounding may lift the sum of the shares of all labels a hair above 1; a density may really be above it.
  const most = params.event === "gaussian" ? Number.POSITIVE_INFINITY : 0;
  return { ...classifier, ...jointDensity(read, logJoint, most), sample };
}

function linearScores(params: NaiveBayesParams): (() => LinearScores) | undefined {
  const { event, labels } = params;
  if (event === "gaussian") return undefined;
  return () => {
    const form = linearForms[event](params, params);
    const { bias, binary } = form;
    return {
      reading: params,
      labels,
      outputs: labels.length,
      weights: denseWeights(form),
      bias,
      binary,
      link: "softmax",
    };
  };
}

function keepCounts(params: NaiveBayesParams, columns: Uint32Array): NaiveBayesParams {
  return { ...keepColumns(params, columns), ...keepEntries(params, columns) };
}

export const naiveBayesKind: ModelKind<NaiveBayesParams> = {
  version: 2,
  oldest: 2,
  open: naiveBayes,
  linearScores,
  keepColumns: keepCounts,
  columnFrequencies: countsOfColumns,
};
