import { parentPort, workerData } from "node:worker_threads";
import {
  BifocalError,
  type CrossValidation,
  crossValidate,
  type ErrorCode,
  encodeModel,
  type FoldOptions,
  messageOf,
  type Progress,
  type Search,
  type SearchSpace,
  searchSettings,
  type TrainingRecord,
  type TrainingSignal,
  type TrainOptions,
  trainModel,
} from "bifocal";
import { streamTrainingFile, type TrainingFile, type TrainingItem } from "./read-training-items.js";
import { type StopFlag, signalOf } from "./train-stop.js";

/** What a worker is given. */
export interface TrainJob {
  readonly learner: string;
  /** A file where no more is asked than the model itself, so that no text need be kept. */
  readonly items: readonly TrainingItem[] | TrainingFile;
  readonly options: Omit<TrainOptions, "signal" | "onProgress">;
  /** What is asked of other trainings before the model's own. */
  readonly examination?: Examination;
  /** Polled while it trains. */
  readonly stop: StopFlag;
}

/** A search of the settings, or a cross-validation of them as they are. */
export interface Examination extends FoldOptions {
  readonly search?: SearchSpace;
  readonly trials?: number;
  /** Threads that run them. */
  readonly workers: number;
  /** Score the search on the dev items rather than on folds. */
  readonly onDev?: boolean;
}

/** What the trainings before the model's own came to. */
export interface Examined {
  readonly search?: Search;
  readonly crossValidation?: CrossValidation;
}

/** A model file, and what is known of its training. */
export interface Trained extends Examined {
  readonly file: Uint8Array;
  readonly training?: TrainingRecord;
}

/** What a job came to; no model where it was aborted in its examination. */
export type Outcome = Trained | Examined;

/** What it posts: progress, then a model file or why there is none. */
export type TrainMessage =
  | { readonly progress: Progress }
  | { readonly trial: { readonly done: number; readonly trials: number } }
  | { readonly outcome: Outcome }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } };

function post(message: TrainMessage): void {
  parentPort?.postMessage(message);
}

async function work(job: TrainJob): Promise<void> {
  try {
    post({ outcome: await train(job) });
  } catch (error) {
    const code = error instanceof BifocalError ? error.code : "internal";
    post({ error: { code, message: messageOf(error) } });
  }
}

async function train(job: TrainJob): Promise<Outcome> {
  const signal = signalOf(job.stop);
  const examined = await examine(job, signal);
  if ((examined.search ?? examined.crossValidation)?.ended === "aborted") return examined;
  const settings = examined.search?.settings ?? job.options.settings;
  const model = await trainModel(job.learner, "path" in job.items ? streamTrainingFile(job.items) : job.items, {
    ...job.options,
    ...(settings !== undefined && { settings }),
    signal,
    onProgress: (progress) => post({ progress }),
  });
  return { file: encodeModel(model), ...(model.card.training && { training: model.card.training }), ...examined };
}

async function examine({ learner, items, examination, options }: TrainJob, signal: TrainingSignal): Promise<Examined> {
  if (examination === undefined || "path" in items) return {};
  const { search, onDev = false, ...folds } = examination;
  const { dev, patience, metric, onAbort, seed, settings } = options;
  const onTrial = (done: number, trials: number): void => post({ trial: { done, trials } });
  const trial = { metric, onAbort, seed, settings, ...folds, signal, onTrial };
  if (search === undefined) return { crossValidation: await crossValidate(learner, items, trial) };
  return { search: await searchSettings(learner, items, { ...trial, search, ...(onDev && { dev, patience }) }) };
}

await work(workerData as TrainJob);
