import { Worker } from "node:worker_threads";
import { type AnyModel, BifocalError, decodeModel, openSavedModel, type Progress } from "bifocal";
import type { TrainJob, TrainMessage } from "./train-worker.js";

/**
 * Trains in a worker thread, so that an interruption is heard at once, and gives the model as a file's bytes.
 * @throws {BifocalError} `aborted`, and what the training throws.
 */
export async function trainInWorker(
  job: TrainJob,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Uint8Array> {
  // From its source the entry cannot be started on Node 20: it is always the built one.
  const worker = new Worker(new URL("../dist/train-worker.js", import.meta.url), { workerData: job });
  try {
    return await outcomeOf(worker, signal, onProgress);
  } finally {
    await worker.terminate();
  }
}

/** As `trainInWorker`, and opens the model. */
export async function trainModelInWorker(job: TrainJob, signal: AbortSignal): Promise<AnyModel> {
  return openSavedModel(decodeModel(await trainInWorker(job, signal, () => {})));
}

function outcomeOf(worker: Worker, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new BifocalError("aborted", "The training was interrupted."));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    worker.on("message", (message: TrainMessage) => {
      if ("progress" in message) onProgress(message.progress);
      else if ("file" in message) resolve(message.file);
      else reject(new BifocalError(message.error.code, message.error.message));
    });
    worker.on("error", (cause) =>
      reject(new BifocalError("internal", `The training failed: ${cause.message}.`, { cause })),
    );
    worker.on("exit", () => reject(new BifocalError("internal", "The training ended without a model.")));
  });
}
