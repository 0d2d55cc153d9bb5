import { expect, test } from "vitest";
import { tuneBudget } from "./tune-budget.js";

const bounds = { least: 128, most: 4096, forMs: 10_000, rowLength: 128 };

/** The budget for a network that takes so long, by a clock of its own, and what it was tried with. */
async function tuned(millisecondsFor: (tokens: number) => number, more: Partial<typeof bounds> = {}) {
  const tried: number[] = [];
  let clock = 0;
  const compute = async (rows: number, length: number): Promise<void> => {
    tried.push(rows * length);
    clock += millisecondsFor(rows * length);
  };
  return { budget: await tuneBudget(compute, { ...bounds, ...more }, () => clock), tried };
}

test("a batch grows as long as a token is so much cheaper in a larger one", async () => {
  expect((await tuned((tokens) => 4 + tokens / 500)).budget).toBe(4096);
  expect((await tuned((tokens) => 20 + tokens)).budget).toBe(1024);
  expect((await tuned((tokens) => tokens / 2)).budget).toBe(128);
});

test("a batch that is brief is as large as any brief one", async () => {
  expect((await tuned((tokens) => tokens / 25)).budget).toBe(2048);
});

test("it stays within its bounds, of time too", async () => {
  const { budget, tried } = await tuned((tokens) => 60 + tokens / 1e6, { most: 512 });
  expect([budget, Math.max(...tried)]).toEqual([512, 512]);
  expect((await tuned((tokens) => 60 + tokens / 1e6, { forMs: 130 })).budget).toBe(256);
});

test("a run that was disturbed does not end the search", async () => {
  const disturbed = (tokens: number): number => (tokens === 256 ? 100 : 4 + tokens / 500);
  expect((await tuned(disturbed)).budget).toBe(4096);
});

test("a model that reads little at once is tried with rows that it can read", async () => {
  const { tried } = await tuned((tokens) => tokens / 50, { most: 256, rowLength: 32 });
  expect(tried).toEqual([128, 128, 256]);
});
