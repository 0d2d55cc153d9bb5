import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fakeCard, fakeEntry, fakeModel, fakeSources } from "../testing/fake-models.js";
import { openModelFrom } from "./open-model.js";
import type { OpenOptionsOf } from "./open-options.js";

const file = fileURLToPath(import.meta.url);

const sources = fakeSources([
  fakeEntry(fakeCard("topic-en", "text-classification"), "topic"),
  fakeEntry(fakeCard("spam-en", "text-classification"), "spam"),
  fakeEntry(fakeCard("polarity-en", "sentiment-analysis")),
  fakeEntry(fakeCard("entities-en", "ner")),
]);

test("null opens the task's default, and a subject another", async () => {
  expect((await openModelFrom(sources, "ner", null, {})).card.id).toBe("entities-en");
  expect((await openModelFrom(sources, "text-classification", null, { subject: "spam" })).card.id).toBe("spam-en");
});

test("a catalog's name opens its model; every classifier serves text classification, but not the other way round", async () => {
  expect((await openModelFrom(sources, "ner", "entities-en", {})).card.id).toBe("entities-en");
  expect((await openModelFrom(sources, "text-classification", "polarity-en", {})).card.id).toBe("polarity-en");
  await expect(openModelFrom(sources, "sentiment-analysis", "topic-en", {})).rejects.toThrow(
    expect.objectContaining({
      code: "wrong-task",
      message: "topic-en is a model for text-classification, not for sentiment-analysis.",
    }),
  );
});

test("a path to a file opens what is in it, and a model of the wrong task is closed again", async () => {
  const model = fakeModel(fakeCard("from-file", "ner"));
  const fromFile = fakeSources([], model);
  expect(await openModelFrom(fromFile, "ner", file, {})).toBe(model);
  await expect(openModelFrom(fromFile, "summarization", file, {})).rejects.toThrow(
    expect.objectContaining({ code: "wrong-task" }),
  );
  expect(model.closed).toBe(1);
});

test("a path to nothing is told from a name", async () => {
  await expect(openModelFrom(sources, "ner", "./no/such/model", {})).rejects.toThrow(
    expect.objectContaining({ code: "unknown-model", message: expect.stringContaining("Check the path") }),
  );
});

test.each([
  ["ner", "entity-en", '"entities-en"'],
  ["text-classification", "polarity", '"polarity-en"'],
  ["translation", "anything", "None is embedded for this task."],
  ["ner", "", "There are: entities-en."],
  ["ner", "a/b/c", 'A path starts with "./" or "/"'],
] as const)("for %s there is no model %j: the error says %s", async (task, id, hint) => {
  await expect(openModelFrom(sources, task, id, {})).rejects.toThrow(
    expect.objectContaining({ code: "unknown-model", message: expect.stringContaining(hint) }),
  );
});

test.each([
  ["ner", { paradim: "generative" }, "unknown-option", 'Did you mean "paradigm"?'],
  ["ner", { subject: "spam" }, "unknown-option", 'A pipeline for ner has no option "subject".'],
  ["text-classification", { style: "prose" }, "unknown-option", "A pipeline for text-classification"],
  ["ner", { paradigm: "magic" }, "invalid-input", "paradigm must be one of discriminative, generative, rule-based."],
  ["text-classification", { subject: 3 }, "invalid-input", "subject must be a text."],
  ["text-classification", { subject: "spams" }, "unknown-option", 'Did you mean "spam"?'],
  ["text-classification", { subject: "" }, "unknown-option", "There are: topic, spam."],
] as const)("opening for %s with %j is refused as %s", async (task, options, code, message) => {
  await expect(openModelFrom(sources, task, null, options as OpenOptionsOf<typeof task>)).rejects.toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test.each([
  ["ner", { paradigm: "discriminative" }, "entities-en"],
  ["text-classification", { subject: "spam" }, "spam-en"],
  ["ner", { paradigm: "generative" }, file],
] as const)("for %s, %j beside a named model is refused, not ignored", async (task, options, id) => {
  const [name] = Object.keys(options);
  await expect(openModelFrom(sources, task, id, options as OpenOptionsOf<typeof task>)).rejects.toThrow(
    expect.objectContaining({ code: "invalid-input", message: expect.stringContaining(`"${name}" chooses where`) }),
  );
});

test.each([
  [null, { labels: ["a", "b"] }, "The default model has labels of its own."],
  ["topic-en", { labels: ["a", "b"] }, "topic-en has labels of its own."],
  [file, { labels: ["a", "b"] }, "has labels of its own."],
  ["org/name", { labels: ["a"] }, "at least two labels"],
  ["org/name", { template: "about {}" }, "template is for labels of your own: give labels, too."],
  ["org/name", { labels: ["a", "b"], multiLabel: "yes" }, "multiLabel must be true or false."],
] as const)("%j does not take %j", async (id, options, message) => {
  const opening = openModelFrom(sources, "text-classification", id, options as OpenOptionsOf<"text-classification">);
  await expect(opening).rejects.toThrow(
    expect.objectContaining({ code: "invalid-input", message: expect.stringContaining(message) }),
  );
});

test("labels of one's own are for text classification", async () => {
  const opening = openModelFrom(sources, "ner", "org/name", { labels: ["a", "b"] } as OpenOptionsOf<"ner">);
  await expect(opening).rejects.toThrow(expect.objectContaining({ code: "unknown-option" }));
});

test("nothing is opened once the signal has fired", async () => {
  const signal = AbortSignal.abort();
  for (const id of [null, "entities-en", file])
    await expect(openModelFrom(sources, "ner", id, { signal })).rejects.toThrow(
      expect.objectContaining({ code: "aborted" }),
    );
});
