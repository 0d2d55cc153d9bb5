import { Worker } from "node:worker_threads";
import { BifocalError } from "@bifocal/contracts";
import { type BlockJob, blockFunctions } from "./block-functions.js";
import { sharedArray } from "./shared-array.js";
import { workerEntry } from "./worker-entry.js";

/** A function that is a sum over blocks, computed in threads. */
export interface BlockSum {
  /** The value at a point, the gradient written whole. Holds this thread until all have their part. */
  evaluate(point: Float64Array, gradient: Float64Array): number;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** What the threads of a sum share. */
export interface SharedSum {
  readonly job: BlockJob;
  readonly blocks: number;
  readonly threads: number;
  readonly point: Float64Array;
  /** blocks × dimension. */
  readonly gradients: Float64Array;
  readonly values: Float64Array;
  /** See the places below. */
  readonly control: Int32Array<SharedArrayBuffer>;
}

/** Places in `control`: which round it is, how many threads have done their part, how many failed, whether to end. */
export const [round, done, failed, ending] = [0, 1, 2, 3];

/**
 * Adds up a function over blocks in so many threads, this one among them. Each block is summed by itself and the blocks
 * in their order, so that the result has the same bits for any number of threads.
 */
export function openBlockSum(
  job: BlockJob,
  { dimension, blocks, threads }: { readonly dimension: number; readonly blocks: number; readonly threads: number },
): BlockSum {
  const shared: SharedSum = {
    job,
    blocks,
    threads: Math.min(threads, blocks),
    point: sharedArray(new Float64Array(dimension)),
    gradients: sharedArray(new Float64Array(blocks * dimension)),
    values: sharedArray(new Float64Array(blocks)),
    control: new Int32Array(new SharedArrayBuffer(16)),
  };
  const own = blockPart(shared, 0);
  const workers = Array.from({ length: shared.threads - 1 }, (_, i) => startThread(shared, i + 1));
  return {
    evaluate(point, gradient) {
      shared.point.set(point);
      shareRound(shared.control, workers.length, own);
      addGradients(shared, gradient);
      return shared.values.reduce((sum, each) => sum + each, 0);
    },
    async close() {
      Atomics.store(shared.control, ending, 1);
      Atomics.add(shared.control, round, 1);
      Atomics.notify(shared.control, round);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Computes the blocks of one thread: every `threads`-th. */
export function blockPart({ job, blocks, threads, point, gradients, values }: SharedSum, thread: number): () => void {
  const make = blockFunctions[job.name];
  const lossOf = make(job.data);
  const dimension = point.length;
  return () => {
    for (let block = thread; block < blocks; block += threads) {
      const gradient = gradients.subarray(block * dimension, (block + 1) * dimension).fill(0);
      values[block] = lossOf(point, gradient, block);
    }
  };
}

function startThread(shared: SharedSum, thread: number): Worker {
  const worker = new Worker(workerEntry("parallel/block-worker.js"), { workerData: { shared, thread }, execArgv: [] });
  worker.unref();
  return worker;
}

const longestWaitMs = 600_000;

/** @throws {BifocalError} `internal` where a thread failed, or did not answer in ten minutes. */
function shareRound(control: Int32Array<SharedArrayBuffer>, others: number, own: () => void): void {
  Atomics.store(control, done, 0);
  Atomics.add(control, round, 1);
  Atomics.notify(control, round);
  own();
  for (let finished = Atomics.load(control, done); finished < others; finished = Atomics.load(control, done)) {
    if (Atomics.wait(control, done, finished, longestWaitMs) === "timed-out") throw lost();
  }
  if (Atomics.load(control, failed) > 0) throw lost();
}

function lost(): BifocalError {
  return new BifocalError("internal", "A thread of the training failed, perhaps for want of memory; try one thread.");
}

function addGradients({ gradients, blocks }: SharedSum, sum: Float64Array): void {
  const dimension = sum.length;
  sum.set(gradients.subarray(0, dimension));
  for (let block = 1; block < blocks; block++) {
    const from = block * dimension;
    for (let i = 0; i < dimension; i++) sum[i] += gradients[from + i];
  }
}
