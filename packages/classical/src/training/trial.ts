import { BifocalError, type ErrorCode, messageOf, throwIfAborted } from "@bifocal/contracts";
import type { Learner, TrainingItems, TrainingSignal } from "../learner.js";
import { openModel, trainModel } from "../learners.js";
import type { Scores, TrainingMetric } from "./metrics.js";
import { scoreModel } from "./score-model.js";

/** What the trials of a search or a cross-validation have in common: plain data, for any thread. */
export interface TrialData {
  readonly learner: Learner["name"];
  readonly items: readonly TrainingItems[keyof TrainingItems][];
  /** The fold of each item; not needed where trials are scored on dev items. */
  readonly foldOf?: readonly number[];
  readonly dev?: readonly TrainingItems[keyof TrainingItems][];
  /** What dev items choose the iteration by. */
  readonly metric?: TrainingMetric;
  readonly patience?: number;
  readonly seed?: number;
}

/** One training and one test. */
export interface Trial {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Trained on the other folds, tested on this one; without it, trained on all and tested on the dev items. */
  readonly fold?: number;
}

/** Why a trial came to nothing, as plain data. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What a trial came to; a failure is never a score. */
export type TrialOutcome = { readonly scores: Scores } | { readonly failure: Failure };

/** Runs a trial and takes down where it fails. @throws {BifocalError} `aborted`. */
export async function attemptTrial(data: TrialData, trial: Trial, signal?: TrainingSignal): Promise<TrialOutcome> {
  try {
    return { scores: await runTrial(data, trial, signal) };
  } catch (error) {
    throwIfAborted(signal);
    return { failure: failureOf(error) };
  }
}

/** A failure as plain data. */
export function failureOf(error: unknown): Failure {
  return { code: error instanceof BifocalError ? error.code : "internal", message: messageOf(error) };
}

/** Trains and tests once: the same bits in any thread. @throws {BifocalError} as `trainModel`. */
async function runTrial(data: TrialData, { settings, fold }: Trial, signal?: TrainingSignal): Promise<Scores> {
  const { items, foldOf = [], dev = [], metric, patience, seed } = data;
  const isTested = (_: unknown, i: number): boolean => foldOf[i] === fold;
  const common = { id: "trial", settings, signal, ...(seed !== undefined && { seed }) };
  if (fold === undefined) {
    await using model = openModel(await trainModel(data.learner, items, { ...common, dev, metric, patience }));
    return await scoreModel(model, dev);
  }
  const others = items.filter((item, i) => !isTested(item, i));
  await using model = openModel(await trainModel(data.learner, others, common));
  return await scoreModel(model, items.filter(isTested));
}
