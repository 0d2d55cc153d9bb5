import { EventEmitter, once } from "node:events";
import { type CallOptions, tasks, throwIfAborted } from "bifocal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

/** The sample, with models that answer nothing until they are aborted. */
function waitingCatalog(calls: EventEmitter): Catalog {
  return {
    ...sampleCatalog,
    async openModel(task, id) {
      const model = await sampleCatalog.openModel(task, id);
      return {
        ...model,
        async classify(_texts: readonly string[], options?: CallOptions) {
          calls.emit("reached");
          if (options?.signal) await once(options.signal, "abort");
          calls.emit("aborted");
          throwIfAborted(options?.signal);
          return [];
        },
      };
    },
  };
}

const json = { "content-type": "application/json" };

function post(body: string, headers: Record<string, string> = json): Promise<Response> {
  return fetch(`${server.url}/v1/run`, { method: "POST", body, headers });
}

async function run(body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await post(JSON.stringify(body));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("POST /v1/run", () => {
  test("answers one text with the task's default model", async () => {
    const { status, body } = await run({ task: "sentiment-analysis", text: "0123456789" });
    expect(status).toBe(200);
    expect(body.results).toMatchObject([{ label: "short", score: 0.5, model: "length-a" }]);
  });

  test("answers several texts in order, with the model named", async () => {
    const { body } = await run({ task: "sentiment-analysis", texts: ["a", "b".repeat(90)], model: "length-b" });
    expect(body.results).toMatchObject([{ label: "short" }, { label: "long", score: 0.9, model: "length-b" }]);
  });

  test("takes a task's alias and gives offsets into the text", async () => {
    const { body } = await run({ task: "token-classification", text: "the UN 🙂 NATO" });
    expect(body.results).toMatchObject([
      {
        entities: [
          { start: 4, end: 6 },
          { start: 10, end: 14, text: "NATO" },
        ],
      },
    ]);
  });

  test("passes options on", async () => {
    const { body } = await run({ task: "text-generation", text: "ha", options: { maxNewTokens: 3 } });
    expect(body.results).toMatchObject([{ text: " ha ha ha", tokens: 3 }]);
  });

  test.each(["", " \n\t", "🙂", "\ud800", "a\0b", "<script>alert(1)</script>", "x".repeat(1_000_000)])(
    "answers awkward text %#",
    async (text) => {
      expect((await run({ task: "sentiment-analysis", text })).status).toBe(200);
    },
  );

  const text = "secret words";
  const task = "sentiment-analysis";
  test.each([
    ["no text", { task }, 400, "invalid-input", /"text".*"texts"/],
    ["text and texts", { task, text, texts: [text] }, 400, "invalid-input", /either/],
    ["no texts in texts", { task, texts: [] }, 400, "invalid-input", /"texts"/],
    ["a number as text", { task, text: 1 }, 400, "invalid-input", /"text"/],
    ["no task", { text }, 400, "invalid-input", /"task"/],
    ["a list as body", [text], 400, "invalid-input", /body/],
    ["an unknown field", { task, txet: text }, 400, "invalid-input", /"text"/],
    ["an unknown task", { task: "sentiment-analisys", text }, 400, "unknown-task", /"sentiment-analysis"/],
    ["an unknown model", { task, text, model: "length-c" }, 404, "unknown-model", /"length-a"/],
    ["a path as model", { task, text, model: "../../etc/passwd" }, 404, "unknown-model", /v1\/models/],
    ["a Hub id as model", { task, text, model: "org/name" }, 404, "unknown-model", /v1\/models/],
    ["a model of another task", { task, text, model: "echo" }, 400, "wrong-task", /text-generation/],
    ["a task without model", { task: "translation", text }, 404, "no-model", /none in this sample/],
    ["an unknown option", { task, text, options: { seed: 1 } }, 400, "unknown-option", /seed/],
    ["a signal", { task, text, options: { signal: {} } }, 400, "unknown-option", /closing/],
    ["an option out of range", { task: "text-generation", text, options: { topP: 2 } }, 400, "invalid-input", /topP/],
    ["a text too long", { task, text: "x".repeat(2 ** 20 + 1) }, 413, "too-large", /1048576/],
    ["too many texts", { task, texts: new Array(1001).fill("") }, 413, "too-large", /1000/],
    ["a body too large", { task, text: "x".repeat(2 ** 21) }, 413, "too-large", /body/],
  ])("refuses %s", async (_what, request, status, code, message) => {
    const answer = await run(request);
    expect(answer).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(message) } } });
    expect(Object.keys(answer.body)).toEqual(["error"]);
    expect(JSON.stringify(answer.body)).not.toContain("secret");
  });

  test("refuses keys that would reach a prototype", async () => {
    const response = await post(`{"task":"${task}","text":"a","options":{"__proto__":{"seed":1}}}`);
    expect(response.status).toBe(400);
    expect(({} as { seed?: number }).seed).toBeUndefined();
  });

  test.each([
    ["malformed JSON", `{"task": "${task}", "text": "secret`, json],
    ["a bare string", '"secret"', json],
    ["another content type", "task=ner", { "content-type": "application/x-www-form-urlencoded" }],
    ["no content type", "{}", { "content-type": "" }],
    ["an unknown charset", "{}", { "content-type": "application/json; charset=klingon" }],
  ])("refuses %s", async (_what, body, headers) => {
    const response = await post(body, headers);
    expect(response.status).toBe(400);
    const answer = await response.text();
    expect(JSON.parse(answer)).toMatchObject({ error: { code: "invalid-input" } });
    expect(answer).not.toContain("secret");
  });
});

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
