import type { GenerateOptions, ModelCard, TextGenerator } from "@bifocal/contracts";
import { generatorChecks } from "@bifocal/contracts/testing";
import { describe, expect, test } from "vitest";
import type { GeneratingEngine } from "../engines/engine.js";
import { createSummarizer } from "./summarize.js";
import { createTranslator } from "./translate.js";

const card: ModelCard = {
  id: "fake/words",
  task: "translation",
  paradigm: "discriminative",
  family: "fake",
  languages: [],
  licence: "MIT",
  source: "here",
  trainedOn: [],
};

const wordsOf = (text: string): string[] => text.match(/\S+/gu) ?? [];

/** Reads so many words at once, and writes all or the first of them in capitals; its context has room for one token more. */
function wordEngine(room: number, most = Number.POSITIVE_INFINITY): GeneratingEngine {
  const engine: GeneratingEngine = {
    count: async (texts) => ({ tokens: texts.map((text) => wordsOf(text).length + 1), room: room + 1 }),
    measure: async () => [],
    async generate(texts) {
      return texts.map((text) => {
        const read = wordsOf(text).slice(0, room);
        const words = read.slice(0, most);
        const written = { text: words.join(" ").toUpperCase(), finishReason: "end", tokens: words.length } as const;
        const usage = { tokens: read.length + 1, windows: 1, truncated: read.length < wordsOf(text).length };
        return { sequences: [{ ...written, logProbability: -words.length }], usage };
      });
    },
    async *stream(text, options) {
      const [written] = await engine.generate([text], options);
      yield { text: written?.sequences[0]?.text ?? "" };
      return written as NonNullable<typeof written>;
    },
    close: async () => {},
  };
  return engine;
}

async function only(model: TextGenerator, text: string, options: GenerateOptions = {}) {
  const [generation] = await model.generate([text], options);
  let streamed = "";
  for await (const piece of model.stream(text, options)) streamed += piece.text;
  expect(streamed).toBe(generation?.text);
  return generation;
}

describe("a translator", () => {
  const translator = createTranslator(wordEngine(4), card, { model_type: "fake" });
  for (const { name, run } of generatorChecks(() => translator)) test(name, run);

  test("goes sentence by sentence where a text is too long, and keeps the white space between", async () => {
    const text = "  The cat sleeps.  A dog,\nold, sees it now.\r\n\r\nThe end.\n";
    // A line break within a piece is the model's to keep or not.
    const generation = await only(translator, text);
    expect(generation).toMatchObject({
      text: "  THE CAT SLEEPS.  A DOG, OLD, SEES IT NOW.\r\n\r\nTHE END.\n",
      finishReason: "end",
      tokens: 11,
      logProbability: -11,
      usage: { tokens: 15, windows: 4, truncated: false },
    });
    const whole = await only(translator, text, { returnFullText: true });
    expect(whole?.text).toBe(text + generation?.text);
  });

  test("keeps paragraphs apart in a text that fits", async () => {
    expect(await only(translator, "One. Two.\n\nThree.")).toMatchObject({
      text: "ONE. TWO.\n\nTHREE.",
      usage: { windows: 2 },
    });
    expect((await only(translator, "One. Two.\nThree."))?.usage.windows).toBe(1);
  });

  test("cuts where it is asked to, and then says so", async () => {
    const generation = await only(translator, "one two three four five six", { overflow: "truncate" });
    expect(generation).toMatchObject({ text: "ONE TWO THREE FOUR", usage: { windows: 1, truncated: true } });
  });

  test("has no second best of a text in pieces", async () => {
    const refused = translator.generate(["one two three. Four five."], { numReturnSequences: 2, numBeams: 2 });
    await expect(refused).rejects.toMatchObject({ code: "unsupported" });
  });
});

describe("a summarizer", () => {
  const summarizer = (most: number) =>
    createSummarizer(wordEngine(6, most), { ...card, task: "summarization" }, { model_type: "fake" });
  for (const { name, run } of generatorChecks(() => summarizer(2))) test(name, run);

  test("summarizes windows of whole sentences, and the summaries in turn", async () => {
    const text = "A b c. D e f. G h i j. K l m.\n\nN o p q r s.";
    const generation = await only(summarizer(2), text);
    // A b c. D e f. | G h i j. | K l m. | N o p q r s. -> A B G H K L N O -> A B G H K L | N O -> A B N O -> A B
    expect(generation).toMatchObject({
      text: "A B",
      tokens: 2,
      usage: { truncated: false, tokens: 7 + 5 + 4 + 7 + 5 + 5 + 5, windows: 7 },
    });
  });

  test("gives summaries as they are that are no shorter than what they are of", async () => {
    const generation = await only(summarizer(6), "A b c d e f g h i j.");
    expect(generation).toMatchObject({ text: "A B C D E F G H I J.", usage: { windows: 2, truncated: false } });
  });
});
