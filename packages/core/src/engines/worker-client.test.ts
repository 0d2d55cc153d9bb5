import { existsSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fakeRequest, fakeWorkers } from "../../testing/fake-worker.js";
import { startWorker, type WorkerClient } from "./worker-client.js";

const workers = fakeWorkers();

/** A worker that does with a call what the body says. */
async function start(body: string, opening?: string): Promise<WorkerClient<"embed">> {
  return startWorker("org/name", fakeRequest, { entry: await workers.entry(body, opening) });
}

test("gives a worker's answer to the call that asked", async () => {
  const client = await start(
    'setTimeout(() => parentPort.postMessage({ type: "result", id, result: input }), input[0]);',
  );
  const answers = await Promise.all([client.call("embed", ["40"]), client.call("embed", ["1"])]);
  expect(answers).toEqual([["40"], ["1"]]);
  await client.close();
});

test("raises a worker's error with its code, and names the model", async () => {
  const client = await start(
    'parentPort.postMessage({ type: "error", id, error: { code: "model-damaged", message: "It is broken." } });',
  );
  await expect(client.call("embed", ["a"])).rejects.toMatchObject({
    name: "BifocalError",
    code: "model-damaged",
    message: "org/name: It is broken.",
  });
  await client.close();
});

test.each([
  ["exits", "process.exit(7);"],
  ["throws", 'throw new Error("out of memory");'],
])("fails the calls of a worker that %s, and those after", async (_, body) => {
  const client = await start(body);
  const crash = { name: "BifocalError", code: "internal", message: expect.stringContaining("org/name") };
  const calls = await Promise.allSettled([client.call("embed", ["a"]), client.call("embed", ["b"])]);
  for (const call of calls) expect(call).toMatchObject({ status: "rejected", reason: crash });
  await expect(client.call("embed", ["c"])).rejects.toMatchObject(crash);
  await client.close();
});

test("fails to start where the worker dies while it loads", async () => {
  await expect(start("", "process.exit(3);")).rejects.toMatchObject({ code: "internal" });
});

test("tells a computing worker that its call is cancelled, without waiting for it", async () => {
  const client = await start(`
    if (input[0] === "wait") while (Atomics.load(cancelled, 0) === 0);
    parentPort.postMessage({ type: "result", id, result: ["free"] });
  `);
  const controller = new AbortController();
  const waiting = client.call("embed", ["wait"], { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: "aborted" });
  expect(await client.call("embed", ["next"])).toEqual(["free"]);
  await client.close();
});

test("a call that is not done by its deadline fails at once, and the worker is told", async () => {
  const client = await start(`
    if (input[0] === "wait") while (Atomics.load(cancelled, 0) === 0);
    parentPort.postMessage({ type: "result", id, result: ["free"] });
  `);
  const late = { code: "deadline-exceeded", message: expect.stringContaining("org/name") };
  await expect(client.call("embed", ["wait"], { deadline: new Date(Date.now() + 30) })).rejects.toMatchObject(late);
  expect(await client.call("embed", ["next"], { deadline: new Date(8.64e15) })).toEqual(["free"]);
  await expect(client.call("embed", ["never"], { deadline: new Date() })).rejects.toMatchObject({ code: late.code });
  await client.close();
});

test("a worker is ended only once it has come out of native code", async () => {
  const flag = workers.path("came out");
  const client = await start(
    `Atomics.add(workerData.gate, 0, 1);
     parentPort.postMessage({ type: "piece", id, piece: { text: "in" } });
     setTimeout(() => {
       writeFileSync(${JSON.stringify(flag)}, "");
       Atomics.sub(workerData.gate, 0, 1);
     }, 50);`,
    `import { writeFileSync } from "node:fs";
     import { workerData } from "node:worker_threads";
     parentPort.postMessage({ type: "ready" });`,
  );
  await new Promise((resolve, reject) => {
    client.call("embed", ["a"], {}, resolve).catch(reject);
  });
  await client.close();
  expect(existsSync(flag)).toBe(true);
});

test("who gives up a loading does not wait for its end", async () => {
  const flag = workers.path("may end");
  const entry = await workers.entry(
    "",
    `import { existsSync } from "node:fs";
     import { workerData } from "node:worker_threads";
     Atomics.add(workerData.gate, 0, 1);
     const watch = setInterval(() => {
       if (!existsSync(${JSON.stringify(flag)})) return;
       Atomics.sub(workerData.gate, 0, 1);
       clearInterval(watch);
     }, 5);`,
  );
  const controller = new AbortController();
  const starting = startWorker("org/name", fakeRequest, { entry, signal: controller.signal });
  controller.abort();
  await expect(starting).rejects.toMatchObject({ code: "aborted" });
  writeFileSync(flag, "");
});

test("a worker that died within native code can still be closed", async () => {
  const client = await start(
    "Atomics.add(workerData.gate, 0, 1); process.exit(7);",
    'import { workerData } from "node:worker_threads"; parentPort.postMessage({ type: "ready" });',
  );
  await expect(client.call("embed", ["a"])).rejects.toMatchObject({ code: "internal" });
  await client.close();
});

test("fails what still runs when it is closed, and all that is asked later", async () => {
  const client = await start("");
  const running = client.call("embed", ["a"]);
  const failed = expect(running).rejects.toMatchObject({ code: "invalid-input" });
  await client.close();
  await client.close();
  await failed;
  await expect(client.call("embed", ["b"])).rejects.toThrow(/org\/name is closed/);
});
