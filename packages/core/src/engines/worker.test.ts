import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fixtures } from "../../testing/hub-server.js";
import type { ClientMessage, WorkerMessage } from "./protocol.js";
import { workerEntry } from "./worker-entry.js";

test("a call whose deadline has passed before the process came to it is not begun", async () => {
  const folder = join(fixtures, "text-classifier");
  const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
  const worker = fork(workerEntry(), { serialization: "advanced", execArgv: [] });
  const tell = async (message: ClientMessage): Promise<WorkerMessage> => {
    worker.send(message);
    return (await once(worker, "message"))[0];
  };
  expect(await tell({ type: "load", request: { folder, head: "score", dtype: "fp32", config } })).toEqual({
    type: "ready",
  });
  const input = { texts: ["a good film"], options: {} };
  const ask = (time: number) =>
    tell({ type: "call", id: 1, name: "score", input, priority: "bulk", deadline: new Date(time) });
  expect(await ask(Date.now())).toMatchObject({ type: "error", error: { code: "deadline-exceeded" } });
  expect(await ask(Date.now() + 60_000)).toMatchObject({ type: "result", id: 1 });
  worker.kill("SIGKILL");
});

test("a call that writes hears between two tokens that nobody waits for it", async () => {
  const folder = fileURLToPath(new URL("../../../models/gpt2-prose-en", import.meta.url));
  const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
  const worker = fork(workerEntry(), { serialization: "advanced", execArgv: [] });
  const options = { maxNewTokens: 240, minNewTokens: 240 };
  const input = { texts: ["It was"], options, streams: true };
  const ended = new Promise((resolve) => {
    worker.on("message", (message: WorkerMessage) => {
      if (message.type === "ready") worker.send({ type: "call", id: 1, name: "generate", input, priority: "bulk" });
      else if (message.type === "piece") worker.send({ type: "cancel", id: 1 });
      else resolve(message);
    });
  });
  worker.send({ type: "load", request: { folder, head: "write", dtype: "q8", config } });
  expect(await ended).toMatchObject({ type: "error", id: 1, error: { code: "aborted" } });
  worker.kill("SIGKILL");
});

test("a worker ends with the process that started it", async () => {
  const worker = fork(workerEntry(), { execArgv: [] });
  worker.disconnect();
  expect(await once(worker, "exit")).toEqual([0, null]);
});

test.skipIf(process.platform === "win32")("Ctrl+C, which a worker hears, too, does not end it", async () => {
  const worker = fork(workerEntry(), { execArgv: [] });
  const request = { folder: "nowhere", head: "score", dtype: "fp32", config: { model_type: "none" } } as const;
  const load = async (): Promise<WorkerMessage> => {
    worker.send({ type: "load", request });
    return (await once(worker, "message"))[0] as WorkerMessage;
  };
  expect(await load()).toMatchObject({ type: "failed" });
  worker.kill("SIGINT");
  expect(await load()).toMatchObject({ type: "failed" });
  worker.kill("SIGKILL");
});
