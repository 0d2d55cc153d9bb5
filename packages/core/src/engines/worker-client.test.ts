import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { fakeRequest, fakeWorkers } from "../../testing/fake-worker.js";
import { startWorker, type WorkerClient } from "./worker-client.js";

const workers = fakeWorkers();

/** A worker that does with a call what the body says. */
async function start(body: string, opening?: string): Promise<WorkerClient<"embed">> {
  return startWorker("org/name", fakeRequest, { entry: await workers.entry(body, opening) });
}

test("gives a worker's answer to the call that asked", async () => {
  const client = await start('setTimeout(() => process.send({ type: "result", id, result: input }), input[0]);');
  const answers = await Promise.all([client.call("embed", ["40"]), client.call("embed", ["1"])]);
  expect(answers).toEqual([["40"], ["1"]]);
  await client.close();
});

test("raises a worker's error with its code, and names the model", async () => {
  const client = await start(
    'process.send({ type: "error", id, error: { code: "model-damaged", message: "It is broken." } });',
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

test("a worker hears that nobody waits for a call any more", async () => {
  const flag = workers.path("cancelled");
  const client = await start(`
    const wait = setInterval(() => {
      if (!cancelled.has(id)) return;
      clearInterval(wait);
      writeFileSync(${JSON.stringify(flag)}, "");
      process.send({ type: "result", id, result: ["too late"] });
    }, 1);
    if (input[0] !== "wait") cancelled.add(id);
  `);
  const controller = new AbortController();
  const waiting = client.call("embed", ["wait"], { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: "aborted" });
  await expect.poll(() => existsSync(flag)).toBe(true);
  expect(await client.call("embed", ["next"])).toEqual(["too late"]);
  await client.close();
});

test("a call that is not done by its deadline fails at once", async () => {
  const client = await start(`
    if (input[0] !== "wait") process.send({ type: "result", id, result: ["free"] });
  `);
  const late = { code: "deadline-exceeded", message: expect.stringContaining("org/name") };
  await expect(client.call("embed", ["wait"], { deadline: new Date(Date.now() + 30) })).rejects.toMatchObject(late);
  expect(await client.call("embed", ["next"], { deadline: new Date(8.64e15) })).toEqual(["free"]);
  await expect(client.call("embed", ["never"], { deadline: new Date() })).rejects.toMatchObject({ code: late.code });
  await client.close();
});

test("a worker that computes without end can be closed all the same", async () => {
  const client = await start('process.send({ type: "piece", id, piece: { text: "in" } }, () => { for (;;); });');
  let running: Promise<unknown> = Promise.resolve();
  await new Promise((resolve) => {
    running = client.call("embed", ["a"], {}, resolve);
    running.catch(() => {});
  });
  await client.close();
  await expect(running).rejects.toMatchObject({ code: "invalid-input" });
});

test("the loading of a model can be given up", async () => {
  const entry = await workers.entry("", "for (;;);");
  const controller = new AbortController();
  const starting = startWorker("org/name", fakeRequest, { entry, signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(starting).rejects.toMatchObject({ code: "aborted" });
});

test("vectors come back as they are", async () => {
  const client = await start(
    'process.send({ type: "result", id, result: [new Float32Array([0.1, -0, NaN, 1e-40])] });',
  );
  expect(await client.call("embed", ["a"])).toEqual([new Float32Array([0.1, -0, Number.NaN, 1e-40])]);
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

test("what cannot be told to a worker fails the call and nothing else", async () => {
  const client = await start('process.send({ type: "result", id, result: input });');
  const uncloneable = [(() => {}) as never];
  await expect(client.call("embed", uncloneable)).rejects.toMatchObject({ code: "internal" });
  expect(await client.call("embed", ["a"])).toEqual(["a"]);
  await client.close();
});

test("a worker that died can still be closed, and stays so", async () => {
  const client = await start("process.exit(7);");
  await expect(client.call("embed", ["a"])).rejects.toMatchObject({ code: "internal" });
  await client.close();
  expect(client.hasStopped).toBe(false);
  await expect(client.call("embed", ["b"])).rejects.toThrow(/org\/name is closed/);
});
