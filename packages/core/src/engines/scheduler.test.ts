import { setTimeout } from "node:timers/promises";
import { BifocalError } from "@bifocal/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createScheduler, type RowsContext, type SchedulerLimits } from "./scheduler.js";

const usual: SchedulerLimits = { rows: 8, tokens: 100, queuedTokens: 10_000, delayMs: 0 };
const interactive: RowsContext = { priority: "interactive", throwIfCancelled: () => {} };
const bulk: RowsContext = { ...interactive, priority: "bulk" };

const rowOf = (length: number, mark = 0): number[] => new Array<number>(length).fill(mark);

/** A scheduler whose outputs are the rows' lengths and marks, and the batches that it made. */
function scheduler(limits: Partial<SchedulerLimits> = {}, takeMs = 0) {
  const batches: number[][][] = [];
  const { run } = createScheduler(
    async (rows: readonly number[][]) => {
      batches.push([...rows]);
      await setTimeout(takeMs);
      if (rows.some(([mark]) => mark === -1)) throw new BifocalError("model-damaged", "It is broken.");
      return rows.map((row) => `${row.length} ${row[0]}`);
    },
    { ...usual, ...limits },
  );
  return { run, batches };
}

test("every caller gets its own outputs in its own order, and no batch is larger than allowed", async () => {
  const calls = fc.array(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 12 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(calls, async (lengths) => {
      const { run, batches } = scheduler();
      const answers = await Promise.all(
        lengths.map((own, call) =>
          run(
            own.map((length) => rowOf(length, call)),
            call % 2 ? bulk : interactive,
          ),
        ),
      );
      expect(answers).toEqual(lengths.map((own, call) => own.map((length) => `${length} ${call}`)));
      for (const batch of batches) {
        const longest = Math.max(...batch.map(({ length }) => length));
        const all = batch.reduce((sum, { length }) => sum + length, 0);
        expect(batch.length).toBeLessThanOrEqual(usual.rows);
        expect(batch.length === 1 || batch.length * longest <= usual.tokens).toBe(true);
        expect(all).toBeGreaterThanOrEqual(0.8 * batch.length * longest);
      }
      expect(batches.flat()).toHaveLength(lengths.flat().length);
    }),
    { numRuns: 50 },
  );
});

test("calls made at once share a batch", async () => {
  const { run, batches } = scheduler();
  await Promise.all([9, 10, 10, 9].map((length) => run([rowOf(length)], interactive)));
  expect(batches.map(({ length }) => length)).toEqual([1, 3]);
  const waiting = scheduler({ delayMs: 5 });
  await Promise.all([9, 10, 10, 9].map((length) => waiting.run([rowOf(length)], interactive)));
  expect(waiting.batches.map(({ length }) => length)).toEqual([4]);
});

test("an interactive call goes before the bulk work that came first, and both are done", async () => {
  const { run, batches } = scheduler({}, 2);
  const much = run(
    Array.from({ length: 40 }, () => rowOf(50, 1)),
    bulk,
  );
  await setTimeout(1);
  await run([rowOf(30, 2)], interactive);
  const before = batches.length;
  expect(before).toBeLessThan(6);
  expect(await much).toHaveLength(40);
});

test("bulk work is not kept waiting for ever by interactive calls", async () => {
  const { run } = scheduler({}, 5);
  let isDone = false;
  const much = run([rowOf(90, 1), rowOf(90, 1)], bulk).then(() => {
    isDone = true;
  });
  let calls = 0;
  for (const began = performance.now(); !isDone && performance.now() - began < 5000; calls++)
    await Promise.all([run([rowOf(20)], interactive), run([rowOf(20)], interactive)]);
  await much;
  expect(calls).toBeLessThan(500);
});

test("too much at once is refused, unless nothing else waits", async () => {
  const { run } = scheduler({ queuedTokens: 100 }, 5);
  const first = run([rowOf(90), rowOf(90), rowOf(90)], bulk);
  await expect(run([rowOf(20)], interactive)).rejects.toMatchObject({ code: "overloaded" });
  expect(await first).toHaveLength(3);
  expect(await run([rowOf(20)], interactive)).toEqual(["20 0"]);
});

test("a cancelled call fails before its next batch, and its rows are not computed", async () => {
  const { run, batches } = scheduler({}, 5);
  let isCancelled = false;
  const throwIfCancelled = () => {
    if (isCancelled) throw new BifocalError("aborted", "The call was aborted.");
  };
  const much = run(
    Array.from({ length: 20 }, () => rowOf(90)),
    { priority: "bulk", throwIfCancelled },
  );
  const other = run([rowOf(10, 3)], interactive);
  isCancelled = true;
  await expect(much).rejects.toMatchObject({ code: "aborted" });
  expect(await other).toEqual(["10 3"]);
  expect(batches.length).toBeLessThan(4);
});

test("a row that cannot be computed fails its own call alone", async () => {
  const { run } = scheduler({ delayMs: 5 });
  const good = run([rowOf(10, 1)], interactive);
  const bad = run([rowOf(10, -1)], interactive);
  await expect(bad).rejects.toMatchObject({ code: "model-damaged" });
  expect(await good).toEqual(["10 1"]);
  expect(await run([], interactive)).toEqual([]);
});
