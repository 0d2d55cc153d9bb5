import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LoadRequest } from "./protocol.js";
import { startWorker, type WorkerClient } from "./worker-client.js";

const request: LoadRequest & { head: "score" } = {
  folder: "nowhere",
  head: "score",
  dtype: "fp32",
  config: { model_type: "fake" },
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-worker-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A worker that is ready at once, and does with a call what the body says. */
async function start(
  body: string,
  opening = 'parentPort.postMessage({ type: "ready" });',
): Promise<WorkerClient<"score">> {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  const code = `import { parentPort } from "node:worker_threads";
    parentPort.on("message", ({ id, input, cancelled }) => { ${body} });
    ${opening}`;
  await writeFile(file, code);
  return startWorker("org/name", request, { entry: pathToFileURL(file) });
}

test("gives a worker's answer to the call that asked", async () => {
  const client = await start(
    'setTimeout(() => parentPort.postMessage({ type: "result", id, result: input }), input[0]);',
  );
  const answers = await Promise.all([client.call("score", ["40"]), client.call("score", ["1"])]);
  expect(answers).toEqual([["40"], ["1"]]);
  await client.close();
});

test("raises a worker's error with its code, and names the model", async () => {
  const client = await start(
    'parentPort.postMessage({ type: "error", id, error: { code: "model-damaged", message: "It is broken." } });',
  );
  await expect(client.call("score", ["a"])).rejects.toMatchObject({
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
  const calls = await Promise.allSettled([client.call("score", ["a"]), client.call("score", ["b"])]);
  for (const call of calls) expect(call).toMatchObject({ status: "rejected", reason: crash });
  await expect(client.call("score", ["c"])).rejects.toMatchObject(crash);
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
  const waiting = client.call("score", ["wait"], { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: "aborted" });
  expect(await client.call("score", ["next"])).toEqual(["free"]);
  await client.close();
});

test("fails what still runs when it is closed, and all that is asked later", async () => {
  const client = await start("");
  const running = client.call("score", ["a"]);
  const failed = expect(running).rejects.toMatchObject({ code: "invalid-input" });
  await client.close();
  await client.close();
  await failed;
  await expect(client.call("score", ["b"])).rejects.toThrow(/org\/name is closed/);
});
