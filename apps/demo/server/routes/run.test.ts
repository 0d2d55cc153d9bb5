import { afterAll, beforeAll, expect, test } from "vitest";
import { type Running, start } from "../start.js";
import { sampleCatalog } from "../testing/sample-catalog.js";

let server: Running;

beforeAll(async () => {
  server = await start({ port: 0, catalog: sampleCatalog });
});

afterAll(() => server.close());

const json = { "content-type": "application/json" };

function post(body: string, headers: Record<string, string> = json): Promise<Response> {
  return fetch(`${server.url}/v1/run`, { method: "POST", body, headers });
}

async function run(body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await post(JSON.stringify(body));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

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
  ["a deadline as a date", { task, text, options: { deadline: "2030-01-01" } }, 400, "unknown-option", /deadlineMs/],
  ["a deadline out of range", { task, text, options: { deadlineMs: 0 } }, 400, "invalid-input", /deadlineMs/],
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
