import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { BifocalError, type ErrorCode, messageOf, throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";
import type { Scores } from "./metrics.js";
import { runTrial, type Trial, type TrialData } from "./trial.js";
import type { TrialRequest, TrialResponse } from "./trial-worker.js";

/** What a trial came to; a failure is never a score. */
export type TrialOutcome =
  | { readonly scores: Scores }
  | { readonly failure: { readonly code: ErrorCode; readonly message: string } };

export interface RunTrialsOptions {
  /** How many threads run trials at a time; 1: this one. */
  readonly workers: number;
  readonly signal?: TrainingSignal | undefined;
  /** So many trials are done. */
  readonly onTrial?: ((done: number, trials: number) => void) | undefined;
}

const millisecondsBetweenPolls = 50;

/**
 * The outcome of each trial, in their order; the number of workers changes nothing but the time.
 * @throws {BifocalError} `aborted`; no worker is left then, nor in the end.
 */
export async function runTrials(
  data: TrialData,
  trials: readonly Trial[],
  { workers, signal, onTrial }: RunTrialsOptions,
): Promise<TrialOutcome[]> {
  const threads = Math.min(workers, trials.length);
  if (threads > 1) return runInWorkers(data, trials, { workers: threads, signal, onTrial });
  const outcomes: TrialOutcome[] = [];
  for (const trial of trials) {
    throwIfAborted(signal);
    outcomes.push(await runHere(data, trial, signal));
    onTrial?.(outcomes.length, trials.length);
  }
  return outcomes;
}

async function runHere(data: TrialData, trial: Trial, signal: TrainingSignal | undefined): Promise<TrialOutcome> {
  try {
    return { scores: await runTrial(data, trial, signal) };
  } catch (error) {
    throwIfAborted(signal);
    return { failure: { code: codeOf(error), message: messageOf(error) } };
  }
}

export function codeOf(error: unknown): ErrorCode {
  return error instanceof BifocalError ? error.code : "internal";
}

async function runInWorkers(
  data: TrialData,
  trials: readonly Trial[],
  { workers, signal, onTrial }: RunTrialsOptions,
): Promise<TrialOutcome[]> {
  throwIfAborted(signal);
  const threads = Array.from({ length: workers }, () => new Worker(workerEntry(), { workerData: data, execArgv: [] }));
  try {
    return await outcomesOf(threads, trials, signal, onTrial);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Each thread is given the next trial once it is done with one. */
function outcomesOf(
  threads: readonly Worker[],
  trials: readonly Trial[],
  signal: TrainingSignal | undefined,
  onTrial: RunTrialsOptions["onTrial"],
): Promise<TrialOutcome[]> {
  const outcomes = new Array<TrialOutcome>(trials.length);
  let [given, done] = [0, 0];
  const { promise, resolve, reject } = promiseWithEnds<TrialOutcome[]>();
  const giveNext = (thread: Worker): void => {
    const trial = trials[given];
    if (trial !== undefined) thread.postMessage({ number: given++, trial } satisfies TrialRequest);
  };
  for (const thread of threads) {
    thread.on("message", ({ number, outcome }: TrialResponse) => {
      outcomes[number] = outcome;
      done++;
      onTrial?.(done, trials.length);
      if (done === trials.length) resolve(outcomes);
      else giveNext(thread);
    });
    thread.on("error", (cause) =>
      reject(new BifocalError("internal", `A trial failed: ${messageOf(cause)}.`, { cause })),
    );
    giveNext(thread);
  }
  const poll = setInterval(() => {
    if (signal?.aborted) reject(new BifocalError("aborted", "The trials were aborted.", { cause: signal.reason }));
  }, millisecondsBetweenPolls);
  return promise.finally(() => clearInterval(poll));
}

function promiseWithEnds<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: BifocalError) => void = () => {};
  const promise = new Promise<T>((onResult, onError) => {
    [resolve, reject] = [onResult, onError];
  });
  return { promise, resolve, reject };
}

/** The compiled entry, from compiled code and from source alike: Node 20 cannot start a worker from TypeScript. */
function workerEntry(): URL {
  const entry = new URL("../../dist/training/trial-worker.js", import.meta.url);
  if (existsSync(fileURLToPath(entry))) return entry;
  throw new BifocalError("internal", "The worker of trials is not compiled. Run `npm run build` first.");
}
