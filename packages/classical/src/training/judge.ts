import { type AnyModel, BifocalError, didYouMean } from "@bifocal/contracts";
import type { TrainingItems } from "../learner.js";
import type { Params } from "../model-file.js";
import { gainOf, type Scores, type TrainingMetric, trainingMetrics } from "./metrics.js";
import { scoreModel } from "./score-model.js";
import type { Judge, Judgement } from "./watch-training.js";

export interface JudgeOptions {
  readonly open: (params: Params) => AnyModel;
  readonly dev: readonly TrainingItems[keyof TrainingItems][];
  /** Default: log-loss where the model gives probabilities, else accuracy; F1 of entities, accuracy of tokens where there are none; bits per byte; ROUGE-1. */
  readonly metric?: TrainingMetric | undefined;
  readonly patience: number;
}

const usual: readonly TrainingMetric[] = ["logLoss", "accuracy", "f1", "tokenAccuracy", "bitsPerByte", "rouge1"];

/** Judges params by their model's figure on dev items. */
export function judgeBy({ open, dev, metric, patience }: JudgeOptions): Judge {
  let chosen = metric;
  return {
    patience,
    async measure(params) {
      await using model = open(params);
      const scores = await scoreModel(model, dev);
      // The first measurement decides for all: figures of two metrics are not compared.
      chosen ??= usual.find((name) => scores[name] !== undefined) ?? "accuracy";
      return judgement(scores, chosen);
    },
  };
}

function judgement(scores: Scores, metric: TrainingMetric): Judgement {
  const score = scoreOf(scores, metric);
  return { metric, score, gain: gainOf(metric, score) };
}

/** @throws {BifocalError} `invalid-input` where the model has no such figure: a log-loss of margins, say. */
export function scoreOf(scores: Scores, metric: TrainingMetric): number {
  const score = scores[metric];
  if (score !== undefined) return score;
  const hint =
    metric === "logLoss" ? " Its scores are no probabilities: a learner's setting calibration makes them some." : "";
  throw new BifocalError(
    "invalid-input",
    `The model has no ${metric}. It has ${Object.keys(scores).join(", ")}.${hint}`,
  );
}

/** The metric of that name. @throws {BifocalError} `unknown-option`, or `invalid-input` for one of another kind of learner. */
export function checkMetric(name: string, reads: keyof TrainingItems): TrainingMetric {
  const own = Object.entries(trainingMetrics).flatMap(([metric, { of }]) => (of === reads ? [metric] : []));
  if (own.includes(name)) return name as TrainingMetric;
  throw new BifocalError(
    "unknown-option",
    `There is no metric "${name}" for ${reads.replace("-", " ")}. ${didYouMean(name, own)}`,
  );
}
