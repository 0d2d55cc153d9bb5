import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { BifocalError } from "@bifocal/contracts";
import type { ArrayRoom } from "../machine-code/array-room.js";
import { type BlockJob, blockFunctions } from "./block-functions.js";
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

/** Places in `control`: which round it is, how many threads have done their part, how many failed, whether to end, whether the watcher is there. */
export const [round, done, failed, ending, watching] = [0, 1, 2, 3, 4];

/**
 * Adds up a function over blocks in so many threads, this one among them; points and gradients lie in the room. Each
 * block is summed by itself and the blocks in their order, so that the result has the same bits for any number of threads.
 */
export function openBlockSum(
  job: BlockJob,
  { array }: ArrayRoom,
  { dimension, blocks, threads }: { readonly dimension: number; readonly blocks: number; readonly threads: number },
): BlockSum {
  const shared: SharedSum = {
    job,
    blocks,
    threads: Math.min(threads, blocks),
    point: array(Float64Array, dimension),
    gradients: array(Float64Array, blocks * dimension),
    values: array(Float64Array, blocks),
    control: new Int32Array(new SharedArrayBuffer(20)),
  };
  const own = blockPart(shared, 0);
  const others = shared.threads - 1;
  const workers = others > 0 ? startThreads(shared, others) : [];
  return {
    evaluate(point, gradient) {
      shared.point.set(point);
      shareRound(shared.control, others, own);
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

/**
 * The threads, and one more that watches them: this one is held while they compute, and would not hear that one died. A
 * line runs from each to the watcher, which hears of it when its other end is gone. This one hears of it when it is free.
 */
function startThreads(shared: SharedSum, others: number): Worker[] {
  const { control } = shared;
  const lines = Array.from({ length: others }, () => new MessageChannel());
  const ports = lines.map(({ port2 }) => port2);
  const watcher = startThread("parallel/block-watcher.js", { control, ports }, ports);
  // It would not hear of a line that ended before it took hold of it.
  Atomics.wait(control, watching, 0, longestWaitMs);
  const workers = lines.map(({ port1 }, i) =>
    startThread("parallel/block-worker.js", { shared, thread: i + 1, line: port1 }, [port1]),
  );
  for (const worker of workers) worker.on("exit", () => tellDeath(control));
  return [watcher, ...workers];
}

function startThread(path: string, workerData: object, transferList: MessagePort[]): Worker {
  const worker = new Worker(workerEntry(path), { workerData, transferList, execArgv: [] });
  worker.unref();
  return worker;
}

/** Where not even the watcher could be started. */
const longestWaitMs = 600_000;

/** @throws {BifocalError} `internal` where a thread failed or died. */
function shareRound(control: Int32Array<SharedArrayBuffer>, others: number, own: () => void): void {
  Atomics.store(control, done, 0);
  if (Atomics.load(control, failed) > 0) throw lost();
  Atomics.add(control, round, 1);
  Atomics.notify(control, round);
  own();
  for (let finished = Atomics.load(control, done); finished < others; finished = Atomics.load(control, done))
    if (Atomics.wait(control, done, finished, longestWaitMs) === "timed-out") throw lost();
  if (Atomics.load(control, failed) > 0) throw lost();
}

/** Says that a thread has done its part, or never will: whoever waits for it hears of either. */
export function tellDone(control: Int32Array<SharedArrayBuffer>, outcome: "done" | "failed"): void {
  if (outcome === "failed") Atomics.add(control, failed, 1);
  Atomics.add(control, done, 1);
  Atomics.notify(control, done);
}

/** Says in the place of a thread that it is gone, unless all are to end. */
export function tellDeath(control: Int32Array<SharedArrayBuffer>): void {
  if (Atomics.load(control, ending) === 0) tellDone(control, "failed");
}

function lost(): BifocalError {
  return new BifocalError(
    "internal",
    "A thread of the training failed or died, perhaps for want of memory; try one thread.",
  );
}

function addGradients({ gradients, blocks }: SharedSum, sum: Float64Array): void {
  const dimension = sum.length;
  sum.set(gradients.subarray(0, dimension));
  for (let block = 1; block < blocks; block++) {
    const from = block * dimension;
    for (let i = 0; i < dimension; i++) sum[i] += gradients[from + i];
  }
}
