import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { Worker } from "node:worker_threads";

const millisecondsToEnd = 1000;

/** Runs a body, and sees that every thread that was started meanwhile has ended soon after. @throws {AssertionError} */
export async function assertLeavesNoThread(body: () => Promise<void>): Promise<void> {
  const started: Worker[] = [];
  const remember = (worker: Worker): void => {
    started.push(worker);
  };
  process.on("worker", remember);
  try {
    await body();
    await setTimeout(0);
  } finally {
    process.off("worker", remember);
  }
  for (let waited = 0; started.some(isRunning) && waited < millisecondsToEnd; waited += 20) await setTimeout(20);
  assert.equal(started.filter(isRunning).length, 0, "a thread is still running");
}

function isRunning({ threadId }: Worker): boolean {
  return threadId !== -1;
}
