import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { chainData } from "../discriminative/chain-data.js";
import { everyPair } from "../discriminative/tag-dataset.js";
import { roomIn } from "../machine-code/array-room.js";
import { openBlockSum } from "./block-sum.js";

const shape = { ...everyPair(2, 2), follows: new Uint8Array(4).fill(1) };
const chains = chainData(
  {
    sentenceOffsets: Uint32Array.of(0, 1, 2),
    tokenOffsets: Uint32Array.of(0, 1, 2),
    features: Uint32Array.of(0, 1),
    featureCount: 2,
    gold: Uint8Array.of(0, 1),
    tagCount: 2,
  },
  shape,
);
const dimension = shape.pairTags.length + 4;

/** A sum in two threads, and those that were started for it. */
async function openInTwoThreads() {
  const started: Worker[] = [];
  const remember = (worker: Worker) => {
    started.push(worker);
  };
  process.on("worker", remember);
  const job = { name: "crf", data: { chains, starts: [0, 1, 2], normalization: "global" } } as const;
  const sum = openBlockSum(job, roomIn(chains.memory), { dimension, blocks: 2, threads: 2 });
  await setImmediate();
  process.off("worker", remember);
  expect(started).toHaveLength(2);
  const evaluate = () => sum.evaluate(new Float64Array(dimension), new Float64Array(dimension));
  return { sum, started, evaluate };
}

const lost = expect.objectContaining({ code: "internal", message: expect.stringContaining("failed or died") });

test("a thread that dies while this one waits for it is noticed at once, and remembered", async () => {
  const { sum, started, evaluate } = await openInTwoThreads();
  expect(evaluate()).toBeCloseTo(2 * Math.log(2), 12);
  // Not awaited: the thread ends while the sum holds this one.
  void started.at(-1)?.terminate();
  expect(evaluate).toThrow(lost);
  expect(evaluate).toThrow(lost);
  await sum.close();
});

test("a thread that died before the first sum is noticed, too", async () => {
  const { sum, started, evaluate } = await openInTwoThreads();
  await started.at(-1)?.terminate();
  expect(evaluate).toThrow(lost);
  await sum.close();
});
