import { BifocalError, type FinishReason, type ModelCard, throwIfAborted } from "@bifocal/contracts";
import { generatorChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import type { GeneratingEngine } from "../engines/engine.js";
import type { ModelConfig } from "../hub/model-config.js";
import { createGenerator } from "./generate.js";
import { createSummarizer } from "./summarize.js";
import { createTranslator } from "./translate.js";

function cardOf(task: ModelCard["task"]): ModelCard {
  return {
    id: "fake/echo",
    task,
    paradigm: "generative",
    family: "fake",
    languages: [],
    licence: "MIT",
    source: "here",
    trainedOn: [],
  };
}

/** Writes what it reads and the options it was given, word by word. */
function echoEngine(): GeneratingEngine {
  async function writeOut(writing: ReturnType<GeneratingEngine["stream"]>) {
    let step = await writing.next();
    while (!step.done) step = await writing.next();
    return step.value;
  }
  const engine: GeneratingEngine = {
    count: async (texts) => ({ tokens: texts.map(({ length }) => length), room: Number.POSITIVE_INFINITY }),
    measure: async (pairs) =>
      pairs.map(({ text, given = "" }) => ({ logProbability: -text.length, tokens: given.length })),
    generate: (texts, options) => Promise.all(texts.map((text) => writeOut(engine.stream(text, options)))),
    async *stream(text, { signal, maxNewTokens = 100, ...options } = {}) {
      const all = `${text}|${JSON.stringify(options)}`.match(/\s*\S+/gu) ?? [];
      const words = all.slice(0, maxNewTokens);
      for (const word of words) {
        throwIfAborted(signal);
        yield { text: word, logProbability: -1 };
      }
      const usage = { tokens: text.length, windows: 1, truncated: false };
      const finishReason: FinishReason = words.length < all.length ? "length" : "end";
      const written = { text: words.join(""), finishReason, tokens: words.length, logProbability: -words.length };
      return { sequences: Array.from({ length: options.numReturnSequences ?? 1 }, () => written), usage } as const;
    },
    close: async () => {},
  };
  return engine;
}

const generator = () => createGenerator(echoEngine(), cardOf("text-generation"));

for (const { name, run } of generatorChecks(generator)) test(name, run);

test("gives the text, how it ended, and how likely it was", async () => {
  const [generation] = await generator().generate(["one two three"], { maxNewTokens: 2 });
  expect(generation).toEqual({
    text: "one two",
    finishReason: "length",
    tokens: 2,
    logProbability: -2,
    model: "fake/echo",
    usage: { tokens: 13, windows: 1, truncated: false },
  });
});

test("puts the prompt before, in the stream too", async () => {
  const options = { returnFullText: true, maxNewTokens: 1 };
  const [generation] = await generator().generate(["one two"], options);
  expect(generation?.text).toBe("one twoone");
  const pieces: string[] = [];
  for await (const piece of generator().stream("one two", options)) pieces.push(piece.text);
  expect(pieces).toEqual(["one two", "one"]);
});

test("gives all sequences that were asked for, and streams only one", async () => {
  const options = { numReturnSequences: 2, maxNewTokens: 1, returnFullText: true };
  const [generation] = await generator().generate(["a b"], options);
  expect(generation?.sequences?.map(({ text }) => text)).toEqual(["a ba", "a ba"]);
  await expect(generator().stream("a b", options)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: "unsupported",
  });
});

test.each([
  [{ maxNewTokens: 0 }, "invalid-input"],
  [{ temperature: -1 }, "invalid-input"],
  [{ beams: 4 }, "unknown-option"],
  [{ sentences: 2 }, "unsupported"],
  [{ systemPrompt: "Be brief." }, "invalid-input"],
])("refuses %j before it starts", async (options, code) => {
  const refused = generator().generate(["one"], options as object);
  await expect(refused).rejects.toMatchObject({ code });
  await expect(refused).rejects.toBeInstanceOf(BifocalError);
});

test("answers messages only where that is its task", async () => {
  const [answer] = await generator().generate(["one"], { chat: true, systemPrompt: "Be brief." });
  expect(answer?.text).toContain('{"chat":true,"systemPrompt":"Be brief."}');
  const summarizer = createGenerator(echoEngine(), cardOf("summarization"));
  await expect(summarizer.generate(["one"], { chat: true })).rejects.toMatchObject({ code: "unsupported" });
});

test("stops between tokens once aborted", async () => {
  const controller = new AbortController();
  const pieces: string[] = [];
  const listening = (async () => {
    for await (const { text } of generator().stream("one two three", { signal: controller.signal })) {
      pieces.push(text);
      controller.abort();
    }
  })();
  await expect(listening).rejects.toMatchObject({ code: "aborted" });
  expect(pieces).toEqual(["one"]);
});

const t5: ModelConfig = {
  model_type: "t5",
  task_specific_params: {
    summarization: { prefix: "summarize: " },
    translation_en_to_de: { prefix: "translate English to German: " },
  },
};

test("tells a summarizer its task as its configuration says, and writes nothing about nothing", async () => {
  const model = createSummarizer(echoEngine(), cardOf("summarization"), t5);
  const [summary, empty] = await model.generate(["a text", " \n"]);
  expect(summary?.text).toBe("summarize: a text|{}");
  expect(empty).toMatchObject({ text: "", finishReason: "empty", tokens: 0 });
});

test("tells a translator its languages by a prefix where it has one, else leaves them to the engine", async () => {
  const model = createTranslator(echoEngine(), cardOf("translation"), t5);
  const [german] = await model.generate(["hello"], { sourceLanguage: "en", targetLanguage: "de" });
  expect(german?.text).toBe("translate English to German: hello|{}");
  const [other] = await model.generate(["hello"], { targetLanguage: "it" });
  expect(other?.text).toBe('hello|{"targetLanguage":"it"}');
});
