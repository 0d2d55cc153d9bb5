import {
  type LabelledOptions,
  readLabelledTexts,
  readSummarizedTexts,
  readTaggedSentences,
  readTexts,
  readTranslatedTexts,
} from "@bifocal/corpus";
import type { EvaluateOptions, Evaluation, WritingOptions } from "@bifocal/evaluation";
import { type AnyModel, BifocalError, hasDensity } from "bifocal";

/**
 * A model's scores on a file: labelled texts for a classifier, tagged sentences for a tagger, texts with summaries or
 * translations for what writes these, texts for what says how likely they are.
 * @throws {BifocalError} `unsupported` for a model that only continues texts and does not say how likely they are, or for
 *   options of writing where none is scored, and what reading and scoring throw.
 */
export async function scoreModel(
  model: AnyModel,
  path: string,
  reading: LabelledOptions,
  options: EvaluateOptions,
  writing: WritingOptions = {},
): Promise<Evaluation> {
  const evaluation = await import("@bifocal/evaluation");
  const { id, task } = model.card;
  const told = { ...options, ...writing };
  if (task === "summarization" && "generate" in model)
    return evaluation.evaluateSummarizer(model, readSummarizedTexts(path, reading), told);
  if (task === "translation" && "generate" in model)
    return evaluation.evaluateTranslator(model, readTranslatedTexts(path, reading), told);
  const [odd] = Object.keys(writing);
  if (odd !== undefined)
    throw new BifocalError("unsupported", `${id} neither summarizes nor translates here: leave out ${odd}.`);
  if ("classify" in model) return evaluation.evaluateClassifier(model, readLabelledTexts(path, reading), options);
  if ("tag" in model) return evaluation.evaluateTagger(model, readTaggedSentences(path, reading), options);
  if (hasDensity(model)) return evaluation.evaluateDensity(model, readTexts(path, reading), options);
  throw new BifocalError(
    "unsupported",
    `${id} writes texts and does not say how likely they are, so it has no score. Try bifocal run.`,
  );
}
