import type { Task } from "@bifocal/contracts";
import type { Progress, TrainingItems, TrainingSignal } from "../learner.js";
import type { TrainingMetric } from "./metrics.js";

/** How one training goes, whatever becomes of the model. */
export interface TrainingOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Polled while it trains. An `AbortSignal` of the same thread is heard about every 50 ms, or after each output where those are trained one by one. */
  readonly signal?: TrainingSignal;
  /** What becomes of a training that is aborted. Default "throw"; "keep-best" throws too where nothing was learned yet. */
  readonly onAbort?: "throw" | "keep-best";
  readonly onProgress?: (progress: Progress) => void;
  /** Threads to train in, this one included: the result has the same bits for any number. Default 1. */
  readonly workers?: number;
  /** A whole number below 2^32. Default: the learner's own. */
  readonly seed?: number;
  /** Items that are not trained on, to choose the best iteration by and to stop early; for learners that iterate. */
  readonly dev?: readonly TrainingItems[keyof TrainingItems][];
  /** Default: log-loss where the model gives probabilities, else accuracy; F1 of entities. */
  readonly metric?: TrainingMetric;
  /** Stop after so many measurements on `dev` without gain; 0: never, but keep the best. Default 5. */
  readonly patience?: number;
}

/** How one model is trained, and what its card says. */
export interface TrainOptions extends TrainingOptions, CardOptions {
  readonly task?: Task;
}

/** The names of what a card says. */
export const cardOptionNames: Readonly<Record<keyof CardOptions, true>> = {
  id: true,
  languages: true,
  licence: true,
  source: true,
  trainedOn: true,
};

/** The names of all that `trainModel` may be told. */
export const trainOptionNames: Readonly<Record<keyof TrainOptions, true>> = {
  settings: true,
  signal: true,
  onAbort: true,
  onProgress: true,
  workers: true,
  seed: true,
  dev: true,
  metric: true,
  patience: true,
  task: true,
  ...cardOptionNames,
};

/** What a model's card says that its learner does not know. */
export interface CardOptions {
  /** Id that the model goes by. */
  readonly id: string;
  readonly languages?: readonly string[];
  readonly licence?: string;
  readonly source?: string;
  /** Names of the data sets that the items are from. */
  readonly trainedOn?: readonly string[];
}
