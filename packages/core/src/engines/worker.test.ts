import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { fixtures } from "../../testing/hub-server.js";
import { createNativeGate, shutGate } from "./native-gate.js";
import type { CallMessage, WorkerMessage, WorkerStart } from "./protocol.js";
import { workerEntry } from "./worker-entry.js";

test("a call whose deadline has passed before the thread came to it is not begun", async () => {
  const folder = join(fixtures, "text-classifier");
  const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
  const gate = createNativeGate();
  const workerData: WorkerStart = { folder, head: "score", dtype: "fp32", config, gate };
  const worker = new Worker(workerEntry(), { workerData, execArgv: [] });
  const heard = async (): Promise<WorkerMessage> => (await once(worker, "message"))[0];
  expect(await heard()).toEqual({ type: "ready" });
  const ask = (deadline: number): Promise<WorkerMessage> => {
    const input = { texts: ["a good film"], options: {} };
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    worker.postMessage({ id: 1, name: "score", input, cancelled, priority: "bulk", deadline } satisfies CallMessage);
    return heard();
  };
  expect(await ask(Date.now())).toMatchObject({ type: "error", error: { code: "deadline-exceeded" } });
  expect(await ask(Date.now() + 60_000)).toMatchObject({ type: "result", id: 1 });
  await shutGate(gate);
  await worker.terminate();
});
