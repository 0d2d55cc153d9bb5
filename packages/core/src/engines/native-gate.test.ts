import { setImmediate, setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { createNativeGate, shutGate, shutGateAtExit, throughGate } from "./native-gate.js";

test("a gate is shut once what was within has come out", async () => {
  const gate = createNativeGate();
  const told: string[] = [];
  const call = throughGate(gate, async () => {
    await setTimeout(20);
    told.push("out");
  });
  const other = throughGate(gate, async () => Promise.reject(new Error("broken"))).catch(() => told.push("failed"));
  await shutGate(gate).then(() => told.push("shut"));
  await Promise.all([call, other]);
  expect(told).toEqual(["failed", "out", "shut"]);
});

test("nothing begins behind a gate that is shut", async () => {
  const gate = createNativeGate();
  await shutGate(gate);
  let began = false;
  const call = throughGate(gate, async () => {
    began = true;
  });
  await expect(call).rejects.toMatchObject({ code: "aborted" });
  await setImmediate();
  expect(began).toBe(false);
  await shutGate(gate);
});

test("a process that exits waits for a thread to come out, and not for ever", async () => {
  const gate = createNativeGate();
  const code = `
    const { workerData: gate, parentPort } = require("node:worker_threads");
    Atomics.add(gate, 0, 1);
    parentPort.postMessage("within");
    setTimeout(() => { Atomics.sub(gate, 0, 1); Atomics.notify(gate, 0); }, 50);`;
  const worker = new Worker(code, { eval: true, workerData: gate });
  await new Promise((resolve) => worker.once("message", resolve));
  shutGateAtExit(gate);
  expect(Atomics.load(gate, 0)).toBe(0);
  Atomics.add(gate, 0, 1);
  shutGateAtExit(gate, 5);
  expect(Atomics.load(gate, 0)).toBe(1);
  await worker.terminate();
});
