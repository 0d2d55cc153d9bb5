import { parentPort, workerData } from "node:worker_threads";
import {
  BifocalError,
  type ErrorCode,
  encodeModel,
  messageOf,
  type Progress,
  type TrainOptions,
  trainModel,
} from "bifocal";
import type { TrainingItem } from "./read-training-items.js";

/** What a worker is given. */
export interface TrainJob {
  readonly learner: string;
  readonly items: readonly TrainingItem[];
  readonly options: Omit<TrainOptions, "signal" | "onProgress">;
}

/** What it posts: progress, then a model file or why there is none. */
export type TrainMessage =
  | { readonly progress: Progress }
  | { readonly file: Uint8Array }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } };

function post(message: TrainMessage): void {
  parentPort?.postMessage(message);
}

async function work({ learner, items, options }: TrainJob): Promise<void> {
  try {
    const model = await trainModel(learner, items, { ...options, onProgress: (progress) => post({ progress }) });
    post({ file: encodeModel(model) });
  } catch (error) {
    const code = error instanceof BifocalError ? error.code : "internal";
    post({ error: { code, message: messageOf(error) } });
  }
}

await work(workerData as TrainJob);
