import { EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { type CallOptions, tasks, throwIfOver } from "bifocal";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ModelsAnswer } from "./answers.js";
import type { Catalog } from "./catalog.js";
import { type Running, start } from "./start.js";
import { sampleCatalog } from "./testing/sample-catalog.js";

let server: Running;
const logged: string[] = [];

beforeAll(async () => {
  server = await start({ port: 0, catalog: sampleCatalog, log: (line) => logged.push(line) });
});

afterAll(() => server.close());

/** The sample, with models that answer nothing until they are aborted, or their deadline has passed. */
function waitingCatalog(calls: EventEmitter): Catalog {
  return {
    ...sampleCatalog,
    async openModel(task, id) {
      const model = await sampleCatalog.openModel(task, id);
      return {
        ...model,
        async classify(_texts: readonly string[], options?: CallOptions) {
          calls.emit("reached");
          while (options?.deadline && Date.now() < options.deadline.getTime()) await setTimeout(1);
          throwIfOver(options);
          if (options?.signal) await once(options.signal, "abort");
          calls.emit("aborted");
          throwIfOver(options);
          return [];
        },
      };
    },
  };
}

const json = { "content-type": "application/json" };

test("GET /v1/models lists every task with its lenses, reasons and options", async () => {
  const answer = (await (await fetch(`${server.url}/v1/models`)).json()) as ModelsAnswer;
  expect(answer.tasks.map(({ task }) => task)).toEqual([...tasks]);
  expect(answer.models.map(({ card }) => card.id)).toContain("echo");
  const translation = answer.tasks.find(({ task }) => task === "translation");
  expect(translation).toMatchObject({ default: null, options: { targetLanguage: { type: "string" } } });
  expect(translation?.lenses.every(({ reason }) => reason !== undefined)).toBe(true);
});

test("GET /healthz says that it is well", async () => {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
});

test.each(["/v1/nothing", "/main.ts", "/tsconfig.json", "/..%2fpackage.json", "/scripts/../package.json"])(
  "has nothing at %s",
  async (path) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining("/v1/models") } });
  },
);

test("the page comes with a policy that allows no inline script", async () => {
  const response = await fetch(server.url);
  expect(await response.text()).toContain("<title>Bifocal");
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe");
  expect(response.headers.get("x-powered-by")).toBeNull();
});

test("an address that asks too often is told to wait", async () => {
  const strict = await start({ port: 0, catalog: sampleCatalog, limits: { requestsPerMinute: 1 } });
  expect((await fetch(`${strict.url}/v1/models`)).headers.get("ratelimit")).toContain("remaining=0");
  const refused = await fetch(`${strict.url}/v1/models`);
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ error: { code: "overloaded" } });
  await strict.close();
});

test("an answer that is not there by its deadline is an error", async () => {
  const log = vi.fn();
  const waiting = await start({ port: 0, catalog: waitingCatalog(new EventEmitter()), log });
  const body = JSON.stringify({ task: "sentiment-analysis", text: "a", options: { deadlineMs: 5 } });
  const response = await fetch(`${waiting.url}/v1/run`, { method: "POST", headers: json, body });
  expect(response.status).toBe(504);
  expect(await response.json()).toMatchObject({ error: { code: "deadline-exceeded" } });
  expect(log).not.toHaveBeenCalled();
  await waiting.close();
});

test("a failure inside is answered without its message, and logged without it", async () => {
  const broken = { ...sampleCatalog, openModel: () => Promise.reject(new TypeError("secret words")) };
  const failing = await start({ port: 0, catalog: broken, log: (line) => logged.push(line) });
  const response = await fetch(`${failing.url}/v1/run`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ task: "ner", text: "x" }),
  });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/secret|\bat /);
  expect(logged.join("\n")).toMatch(/POST \/v1\/run: internal\n\s+at /);
  expect(logged.join("\n")).not.toContain("secret");
  await failing.close();
});

test("a client that goes away ends its call", async () => {
  const calls = new EventEmitter();
  const reached = once(calls, "reached");
  const aborted = once(calls, "aborted");
  const waiting = await start({ port: 0, catalog: waitingCatalog(calls) });
  const client = new AbortController();
  const body = JSON.stringify({ task: "sentiment-analysis", text: "x" });
  const call = fetch(`${waiting.url}/v1/run`, { method: "POST", headers: json, body, signal: client.signal });
  await reached;
  client.abort();
  await expect(call).rejects.toThrow();
  await aborted;
  await waiting.close();
});

test("closing waits for a call under way", async () => {
  const gate = new EventEmitter();
  const reached = once(gate, "reached");
  const opened = once(gate, "open");
  const slow: Catalog = {
    ...sampleCatalog,
    async openModel(task, id) {
      gate.emit("reached");
      await opened;
      return sampleCatalog.openModel(task, id);
    },
  };
  const closing = await start({ port: 0, catalog: slow });
  const body = JSON.stringify({ task: "ner", text: "NATO" });
  const call = fetch(`${closing.url}/v1/run`, { method: "POST", headers: json, body });
  await reached;
  const closed = closing.close();
  gate.emit("open");
  expect((await call).status).toBe(200);
  await closed;
  await expect(fetch(closing.url)).rejects.toThrow();
});

test("a taken port is refused with a way out", async () => {
  const port = Number(new URL(server.url).port);
  const second = start({ port, catalog: sampleCatalog });
  await expect(second).rejects.toMatchObject({ code: "address-in-use", message: expect.stringContaining("--port") });
});

test.each([
  ["port", { port: 70_000 }],
  ["host", { port: 0, host: "192.0.2.1" }],
])("a %s that cannot be is refused", async (_what, options) => {
  await expect(start({ ...options, catalog: sampleCatalog })).rejects.toMatchObject({ code: "invalid-input" });
});
