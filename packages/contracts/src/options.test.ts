import { expect, test } from "vitest";
import { checkOption, checkOptions, describeRule, optionsOf } from "./options.js";

const good = {
  overflow: "window",
  maxNewTokens: 4096,
  minNewTokens: 0,
  minP: 0,
  typicalP: 1,
  repetitionPenalty: 10,
  noRepeatNgramSize: 0,
  numBeams: 64,
  lengthPenalty: -10,
  earlyStopping: "never",
  numReturnSequences: 1,
  stopStrings: ["\n"],
  outputScores: true,
  doSample: true,
  temperature: 10,
  topK: 1,
  topP: 1,
  seed: 2 ** 32 - 1,
  returnFullText: false,
  chat: true,
  systemPrompt: "Be brief.",
  sentences: 1,
  sourceLanguage: "en",
  targetLanguage: "fr",
};

test("options in their range pass as they were given, those at its ends too", () => {
  expect(checkOptions("text-generation", good)).toBe(good);
  expect(Object.keys(good).sort()).toEqual(Object.keys(optionsOf("text-generation")).sort());
  expect(() =>
    checkOptions("text-generation", { maxNewTokens: 1, temperature: 1e-9, topP: 1e-9, seed: 0 }),
  ).not.toThrow();
});

test("undefined counts as absent, and a signal is an option of every task", () => {
  const { signal } = new AbortController();
  expect(() => checkOptions("summarization", { sentences: undefined })).not.toThrow();
  expect(() => checkOptions("ner", { signal })).not.toThrow();
  expect(() => checkOptions("text-generation", { signal })).not.toThrow();
  expect(() => checkOptions("ner", { signal: undefined })).not.toThrow();
});

test.each([
  [
    "maxNewTokens",
    [0, 4097, 1.5, "8", Number.NaN, Number.POSITIVE_INFINITY, null, true, 8n],
    "a whole number from 1 to 4096",
  ],
  ["temperature", [0, -1, 10.1, "1", Number.NaN, null], "a number above 0, to 10"],
  ["topP", [0, 1.01, "0.5", Number.NEGATIVE_INFINITY], "a number above 0, to 1"],
  ["topK", [0, 2.5, []], "a whole number from 1 to 1000000"],
  ["seed", [-1, 2 ** 32, 0.5], "a whole number from 0 to 4294967295"],
  ["doSample", [1, 0, "true", null], "true or false"],
  ["returnFullText", ["", {}], "true or false"],
  ["sentences", [0, 1001], "a whole number from 1 to 1000"],
  ["targetLanguage", [1, null, ["fr"]], "a text"],
])("%s is refused out of its type or range, with what it must be", (name, values, rule) => {
  for (const value of values) {
    const check = () => checkOptions("text-generation", { [name]: value });
    expect(check).toThrow(expect.objectContaining({ code: "invalid-input" }));
    expect(check).toThrow(`${name} must be ${rule}.`);
  }
});

test.each([
  ["text-generation", "temprature", 'Did you mean "temperature"?'],
  ["text-generation", "max_new_tokens", 'Did you mean "maxNewTokens" or "minNewTokens"?'],
  ["translation", "__proto__", "There are: maxNewTokens"],
  ["translation", "constructor", "There are: maxNewTokens"],
  ["ner", "temperature", "There are: nBest"],
] as const)("%s has no option %s, and says which it has", (task, name, hint) => {
  const check = () => checkOptions(task, Object.fromEntries([[name, 1]]));
  expect(check).toThrow(expect.objectContaining({ code: "unknown-option" }));
  expect(check).toThrow(hint);
});

test.each([null, "fast", 3])("the options %j are no options", (options) => {
  expect(() => checkOptions("ner", options as never)).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

test("what is no signal is refused rather than ignored", () => {
  expect(() => checkOptions("ner", { signal: "now" })).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

test.each(["soon", 500, new Date("soon")])("%s is no deadline", (deadline) => {
  expect(() => checkOptions("ner", { deadline: new Date() })).not.toThrow();
  expect(() => checkOptions("ner", { deadline })).toThrow(/deadline must be a Date/);
});

test("a text with choices is one of them", () => {
  const rule = { type: "string", choices: ["window", "truncate"], about: "" } as const;
  expect(() => checkOption("overflow", rule, "window")).not.toThrow();
  expect(() => checkOption("overflow", rule, "windows")).toThrow(
    'overflow cannot be "windows". Did you mean "window"?',
  );
  expect(() => checkOption("overflow", rule, 1)).toThrow("overflow must be window or truncate.");
});

test("a rule is told in words", () => {
  expect(describeRule({ type: "number", max: 3, about: "" })).toBe("a number up to 3");
  expect(() => checkOption("x", { type: "number", max: 3, about: "" }, -1e9)).not.toThrow();
});
