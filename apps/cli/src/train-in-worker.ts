import { Worker } from "node:worker_threads";
import { type AnyModel, BifocalError, decodeModel, openSavedModel } from "bifocal";
import { requestStop, stopFlag } from "./train-stop.js";
import type { Outcome, TrainJob, TrainMessage } from "./train-worker.js";

export interface TrainInWorkerOptions {
  readonly signal: AbortSignal;
  /** What the worker tells while it trains. */
  readonly onMessage?: (message: TrainMessage) => void;
}

/**
 * Trains in a worker thread, so that an interruption is heard at once, and gives the model as a file's bytes. When
 * aborted, a job with `onAbort: "keep-best"` is asked to end with what it has; another is ended there and then.
 * @throws {BifocalError} `aborted`, and what the training throws.
 */
export async function trainInWorker(job: Omit<TrainJob, "stop">, options: TrainInWorkerOptions): Promise<Outcome> {
  const workerData: TrainJob = { ...job, stop: stopFlag() };
  // From its source the entry cannot be started on Node 20: it is always the built one.
  const worker = new Worker(new URL("../dist/train-worker.js", import.meta.url), { workerData, execArgv: [] });
  try {
    return await outcomeOf(worker, workerData, options);
  } finally {
    await worker.terminate();
  }
}

/** Trains as `trainInWorker`, and opens the model. */
export async function trainModelInWorker(job: Omit<TrainJob, "stop">, signal: AbortSignal): Promise<AnyModel> {
  const outcome = await trainInWorker(job, { signal });
  if (!("file" in outcome)) throw new BifocalError("aborted", "The training was interrupted.");
  return openSavedModel(decodeModel(outcome.file));
}

function outcomeOf(
  worker: Worker,
  { options: { onAbort }, stop }: TrainJob,
  { signal, onMessage }: TrainInWorkerOptions,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      requestStop(stop);
      if (onAbort !== "keep-best") reject(new BifocalError("aborted", "The training was interrupted."));
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    worker.on("message", (message: TrainMessage) => {
      if ("outcome" in message) resolve(message.outcome);
      else if ("error" in message) reject(new BifocalError(message.error.code, message.error.message));
      else onMessage?.(message);
    });
    worker.on("error", (cause) =>
      reject(new BifocalError("internal", `The training failed: ${cause.message}.`, { cause })),
    );
    worker.on("exit", () => reject(new BifocalError("internal", "The training ended without a model.")));
  });
}
