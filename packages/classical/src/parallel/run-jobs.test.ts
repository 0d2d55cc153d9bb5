import { getEventListeners } from "node:events";
import { BifocalError } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import type { LinearOutputs } from "../discriminative/learn-output.js";
import { condenseRows } from "../optimize/condensed-rows.js";
import { runJobs } from "./run-jobs.js";
import { sharedArray } from "./shared-array.js";

const data = randomDataset({ rows: 200, columns: 80, labels: 5, seed: 1 });
const labels = [0, 1, 2, 3, 4];

function outputs(options: Partial<LinearOutputs> = {}): LinearOutputs {
  const rows = condenseRows(data);
  return {
    rows: { ...rows, indices: sharedArray(rows.indices), values: sharedArray(rows.values) },
    targets: data.targets,
    shares: new Float64Array(data.rows).fill(1 / data.rows),
    loss: "hinge",
    l2: 1e-2,
    l1: 0,
    bias: true,
    optimizer: "dual-coordinate-descent",
    tolerance: 1e-4,
    iterations: 1000,
    seed: 1,
    ...options,
  };
}

/** Threads, and whatever else would keep the process from ending. */
const openHandles = () =>
  process.getActiveResourcesInfo().filter((each) => each === "MessagePort" || each === "Worker");

test("outputs come in the order of inputs, with the same bits for any number of threads", async () => {
  const before = openHandles();
  const [one, two, many] = await Promise.all(
    [1, 2, 9].map((workers) => runJobs("linear-output", outputs(), labels, { workers })),
  );
  expect(two).toEqual(one);
  expect(many).toEqual(one);
  const [backwards] = await Promise.all([runJobs("linear-output", outputs(), [...labels].reverse(), { workers: 2 })]);
  expect(backwards).toEqual([...one].reverse());
  expect(openHandles()).toEqual(before);
});

test("each job that ends is told, whatever the number of threads", async () => {
  for (const workers of [1, 3]) {
    const told: number[] = [];
    await runJobs("linear-output", outputs(), labels, { workers, onJob: (_, done) => told.push(done) });
    expect(told).toEqual([1, 2, 3, 4, 5]);
  }
});

test.each([1, 2])("what a job throws comes back as itself, and no thread is left (%i threads)", async (workers) => {
  const before = openHandles();
  const shares = new Float64Array(data.rows).fill(Number.NaN);
  const broken = runJobs("linear-output", outputs({ shares, loss: "logistic", optimizer: "lbfgs" }), labels, {
    workers,
  });
  const error = await broken.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BifocalError);
  expect(error).toMatchObject({ code: "internal", message: expect.stringContaining("The objective is not a number") });
  expect(openHandles()).toEqual(before);
});

test.each([1, 2])("once aborted it ends, and no thread is left (%i threads)", async (workers) => {
  const before = openHandles();
  const controller = new AbortController();
  const endless = outputs({ tolerance: 1e-300, iterations: workers === 1 ? 1000 : 1e9 });
  const running = runJobs("linear-output", endless, labels, {
    workers,
    signal: controller.signal,
    onJob: () => controller.abort(),
  });
  if (workers > 1) setTimeout(() => controller.abort(), 100);
  await expect(running).rejects.toMatchObject({ code: "aborted" });
  await expect(
    runJobs("linear-output", outputs(), labels, { workers, signal: controller.signal }),
  ).rejects.toMatchObject({ code: "aborted" });
  expect(openHandles()).toEqual(before);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});
