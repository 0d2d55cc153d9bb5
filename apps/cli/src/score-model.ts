import {
  type LabelledOptions,
  readLabelledTexts,
  readSummarizedTexts,
  readTaggedSentences,
  readTexts,
} from "@bifocal/corpus";
import type { EvaluateOptions, Evaluation, SummaryLength } from "@bifocal/evaluation";
import { type AnyModel, BifocalError, hasDensity } from "bifocal";

/**
 * A model's scores on a file: labelled texts for a classifier, tagged sentences for a tagger, texts with summaries for a
 * summarizer, texts for what says how likely they are.
 * @throws {BifocalError} `unsupported` for a model that neither summarizes nor says how likely a text is but writes, and what
 *   reading and scoring throw.
 */
export async function scoreModel(
  model: AnyModel,
  path: string,
  reading: LabelledOptions,
  options: EvaluateOptions & SummaryLength,
): Promise<Evaluation> {
  const { sentences, ...others } = options;
  if (sentences !== undefined && model.card.task !== "summarization")
    throw new BifocalError("unsupported", `${model.card.id} does not summarize: leave out --sentences.`);
  const evaluation = await import("@bifocal/evaluation");
  if ("classify" in model) return evaluation.evaluateClassifier(model, readLabelledTexts(path, reading), others);
  if ("tag" in model) return evaluation.evaluateTagger(model, readTaggedSentences(path, reading), others);
  if (model.card.task === "summarization")
    return evaluation.evaluateSummarizer(model, readSummarizedTexts(path, reading), options);
  if (hasDensity(model)) return evaluation.evaluateDensity(model, readTexts(path, reading), others);
  throw new BifocalError(
    "unsupported",
    `${model.card.id} writes texts and does not say how likely they are, so it has no score. Try bifocal run.`,
  );
}
