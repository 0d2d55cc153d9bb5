import { areFinite } from "../are-finite.js";
import type { TextRow } from "../features/row-reader.js";
import { columnsOf, readsTexts, type TextParams } from "../features/text-params.js";
import {
  type EntrySurvey,
  type NaiveBayesCounts,
  type NaiveBayesEvent,
  numbersOfEntry,
  surveyEntries,
  type WholeNumbers,
} from "./naive-bayes-counts.js";
import { gaussianForm, scoreGaussianRow } from "./naive-bayes-gaussian.js";
import {
  bernoulliForm,
  complementForm,
  type LinearForm,
  multinomialForm,
  type NaiveBayesOptions,
} from "./naive-bayes-linear.js";
import { formScorer } from "./naive-bayes-scorer.js";

/** The params of naive Bayes: sums and counts, of which probabilities are a function. */
export interface NaiveBayesParams extends TextParams, NaiveBayesCounts, NaiveBayesOptions {
  readonly kind: "naive-bayes";
}

/** Events whose scores are linear in the row. */
export type LinearEvent = Exclude<NaiveBayesEvent, "gaussian">;

/** The scores as a linear function of the row, by event. */
export const linearForms: Readonly<
  Record<LinearEvent, (counted: NaiveBayesCounts, options: NaiveBayesOptions, survey?: EntrySurvey) => LinearForm>
> = { multinomial: multinomialForm, bernoulli: bernoulliForm, complement: complementForm };

/** The scores as a linear function of the row; nothing for a Gaussian, which is quadratic. */
export function linearForm(params: NaiveBayesCounts & NaiveBayesOptions, survey?: EntrySurvey): LinearForm | undefined {
  return params.event === "gaussian" ? undefined : linearForms[params.event](params, params, survey);
}

/** The function from a row to the score of each label: log p(label, row), but for the complement, whose scores are none. */
export function rowScorer(
  params: NaiveBayesCounts & NaiveBayesOptions,
  survey?: EntrySurvey,
): (row: Pick<TextRow, "indices" | "values" | "length">) => Float64Array {
  const linear = linearForm(params, survey);
  if (linear !== undefined) return formScorer(linear);
  const gaussian = gaussianForm(params, params);
  return (row) => scoreGaussianRow(gaussian, row);
}

const events: readonly NaiveBayesEvent[] = ["multinomial", "bernoulli", "complement", "gaussian"];

/** What a look at all entries tells, where the parts of the params fit each other, whoever wrote them. */
export function surveyFitting(params: NaiveBayesParams): EntrySurvey | undefined {
  const { labels, documents, entriesOfColumn, entryLabels, counts, event } = params;
  const fit =
    readsTexts(params) &&
    events.includes(event) &&
    hasOptions(params) &&
    documents?.length === labels.length &&
    documents.every((each) => each > 0) &&
    areWhole(entriesOfColumn) &&
    entriesOfColumn.length === columnsOf(params) &&
    areWhole(entryLabels) &&
    (areWhole(counts) || (counts instanceof Float64Array && areFinite(counts))) &&
    counts.length === entryLabels.length * numbersOfEntry(event);
  if (!fit) return undefined;
  const survey = surveyEntries(params);
  return survey.entries === entryLabels.length && survey.areOfLabels ? survey : undefined;
}

function areWhole(values: unknown): values is WholeNumbers {
  return values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Uint32Array;
}

function hasOptions({ smoothing, priors, normalizeWeights }: NaiveBayesOptions): boolean {
  return smoothing > 0 && ["data", "uniform"].includes(priors) && typeof normalizeWeights === "boolean";
}
