import { type LabelledOptions, readLabelledTexts, readTaggedSentences } from "@bifocal/corpus";
import type { EvaluateOptions, Evaluation } from "@bifocal/evaluation";
import { type AnyModel, BifocalError } from "bifocal";

/**
 * A model's scores on a file: labelled texts for a classifier, tagged sentences for a tagger.
 * @throws {BifocalError} `unsupported` for a model that writes, and what reading and scoring throw.
 */
export async function scoreModel(
  model: AnyModel,
  path: string,
  reading: LabelledOptions,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { evaluateClassifier, evaluateTagger } = await import("@bifocal/evaluation");
  if ("classify" in model) return evaluateClassifier(model, readLabelledTexts(path, reading), options);
  if ("tag" in model) return evaluateTagger(model, readTaggedSentences(path, reading), options);
  throw cannotScore(model.card.id);
}

export function cannotScore(name: string): BifocalError {
  return new BifocalError(
    "unsupported",
    `${name} writes texts, which cannot be scored yet: classifiers and taggers can.`,
  );
}
