import { fileURLToPath } from "node:url";
import type { Classifier, Tagger, TextGenerator } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { fakeCard, fakeEntry, fakeModel, fakeSources } from "../testing/fake-models.js";
import { createPipeline, pipelineOf } from "./pipeline.js";

const classifier = () => fakeModel(fakeCard("sizes", "text-classification")) as Classifier & { closed: number };
const tagger = () => fakeModel(fakeCard("all", "ner")) as Tagger;
const writer = () => fakeModel(fakeCard("echo", "summarization")) as TextGenerator;

const sources = fakeSources([fakeEntry(fakeCard("all", "ner"))]);
const pipeline = createPipeline(sources);

test("one text gives one result, an array as many as it has texts, in their order", async () => {
  const classify = pipelineOf("text-classification", classifier());
  expect((await classify("long text")).label).toBe("long");
  expect((await classify(["ab", "long text", ""])).map(({ label }) => label)).toEqual(["short", "long", "short"]);
  expect(await classify([])).toEqual([]);
});

test("each contract is called by its own method, with the options as given", async () => {
  const [entity] = (await pipelineOf("ner", tagger())("Ada")).entities;
  expect(entity).toMatchObject({ text: "Ada", label: "ALL" });
  const summarize = pipelineOf("summarization", writer());
  expect((await summarize("abcdef", { maxNewTokens: 3 })).text).toBe("abc");
});

test("what writes can stream; what decides cannot", async () => {
  const summarize = pipelineOf("summarization", writer());
  const pieces = [];
  for await (const { text } of summarize.stream("abc")) pieces.push(text);
  expect(pieces).toEqual(["a", "b", "c"]);
  expect("stream" in pipelineOf("ner", tagger())).toBe(false);
});

test("a pipeline knows its task and its model, and closes it", async () => {
  const model = classifier();
  {
    await using classify = pipelineOf("text-classification", model);
    expect(classify.task).toBe("text-classification");
    expect(classify.model).toBe(model);
  }
  expect(model.closed).toBe(1);
});

test.each(["sizes", "echo"])("once closed, %s refuses calls and streams", async (id) => {
  const run = id === "echo" ? pipelineOf("summarization", writer()) : pipelineOf("text-classification", classifier());
  await run[Symbol.asyncDispose]();
  await run[Symbol.asyncDispose]();
  const refusal = expect.objectContaining({
    code: "invalid-input",
    message: expect.stringContaining(`${id} is closed`),
  });
  await expect(run("a")).rejects.toThrow(refusal);
  if ("stream" in run) expect(() => run.stream("a")).toThrow(refusal);
});

test("an alias opens its task", async () => {
  const recognize = await pipeline("token-classification");
  expect(recognize.task).toBe("ner");
  expect(recognize.model.card.id).toBe("all");
});

test("zero-shot classification is text classification by labels of the caller's, and says what it lacks", async () => {
  const entailment = fileURLToPath(new URL("../../../tests/fixtures/entailment/bert", import.meta.url));
  await using classify = await pipeline("zero-shot-classification", entailment, { labels: ["sports", "politics"] });
  expect(classify.task).toBe("text-classification");
  expect((await classify("the match ended in a draw .")).scores.map(({ label }) => label).sort()).toEqual([
    "politics",
    "sports",
  ]);
  const needs = expect.objectContaining({
    code: "invalid-input",
    message: expect.stringMatching(/needs a model.*labels/),
  });
  await expect(pipeline("zero-shot-classification")).rejects.toThrow(needs);
  await expect(pipeline("zero-shot-classification", entailment)).rejects.toThrow(needs);
});

test.each([
  [undefined, "not undefined"],
  [null, "not object"],
  [3, "not number"],
  [{ text: "a" }, "not object"],
  [["a", 1], "Item 1 of the array is number, not a text."],
  [["a", undefined], "Item 1 of the array is undefined, not a text."],
])("the input %j is refused", async (input: unknown, message) => {
  const summarize = pipelineOf("summarization", writer());
  const refusal = expect.objectContaining({ code: "invalid-input", message: expect.stringContaining(message) });
  await expect(summarize(input as string)).rejects.toThrow(refusal);
  expect(() => summarize.stream(input as string)).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

test("a stream is of one text", () => {
  const texts: unknown = ["a", "b"];
  expect(() => pipelineOf("summarization", writer()).stream(texts as string)).toThrow(
    expect.objectContaining({ code: "invalid-input", message: "A stream takes one text, not object." }),
  );
});

test("options are checked before the model is asked, in a call as in a stream", async () => {
  const summarize = pipelineOf("summarization", writer());
  const options = { maxNewTokens: 0 };
  const refusal = expect.objectContaining({ code: "invalid-input" });
  await expect(summarize("a", options)).rejects.toThrow(refusal);
  expect(() => summarize.stream("a", options)).toThrow(refusal);
  const odd: object = { maxTokens: 3 };
  await expect(summarize("a", odd)).rejects.toThrow(expect.objectContaining({ code: "unknown-option" }));
  await expect(pipelineOf("ner", tagger())("a", odd)).rejects.toThrow("There are: nBest");
});

test("an aborted call is refused, though the model itself would have answered", async () => {
  const classify = pipelineOf("text-classification", classifier());
  await expect(classify("a", { signal: AbortSignal.abort() })).rejects.toThrow(
    expect.objectContaining({ code: "aborted" }),
  );
});

test("what is neither an id nor null is no model", async () => {
  const model: unknown = { id: "all" };
  await expect(pipeline("ner", model as string)).rejects.toThrow(
    expect.objectContaining({ code: "invalid-input", message: expect.stringContaining("an id or a path, or null") }),
  );
});
