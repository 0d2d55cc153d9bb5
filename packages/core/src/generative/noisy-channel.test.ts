import type { ConditionalDensity, Density, Model, ModelCard, TextGenerator } from "@bifocal/contracts";
import { generatorChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { noisyChannel } from "./noisy-channel.js";

const card: ModelCard = {
  id: "fake/translator",
  task: "translation",
  paradigm: "discriminative",
  family: "fake",
  languages: [],
  licence: "MIT",
  source: "here",
  trainedOn: [],
};
const usage = { tokens: 3, windows: 1, truncated: false };
const close = async () => {};

/** Writes its candidates whatever it reads, the likeliest first. */
function translator(candidates: readonly (readonly [string, number])[]): TextGenerator {
  return {
    card,
    async generate(texts, { numReturnSequences = 1 } = {}) {
      const sequences = candidates
        .slice(0, numReturnSequences)
        .map(([text, logProbability]) => ({ text, finishReason: "end", tokens: 2, logProbability }) as const);
      return texts.map(() => ({ ...(sequences[0] as (typeof sequences)[number]), sequences, model: card.id, usage }));
    },
    async *stream() {},
    [Symbol.asyncDispose]: close,
  };
}

/** ln p by text; of what it does not know −100. */
function language(known: Readonly<Record<string, number>>): Model & Density {
  return {
    card,
    logProbability: async (texts) =>
      texts.map((text) => ({ logProbability: known[text] ?? -100, tokens: 1, bytes: text.length, over: "text" })),
    [Symbol.asyncDispose]: close,
  };
}

function channel(known: Readonly<Record<string, number>>): Model & ConditionalDensity {
  return {
    card,
    logProbabilityGiven: async (pairs) =>
      pairs.map(({ given, text }) => ({
        logProbability: text === "le chat" ? (known[given] ?? -100) : 0,
        tokens: 1,
        bytes: text.length,
        over: "text-given-another",
      })),
    [Symbol.asyncDispose]: close,
  };
}

const candidates = [
  ["the that", -2],
  ["the cat", -4],
  ["a cat", -6],
] as const;

test("the candidate that all three find likeliest together is chosen, with what it scored", async () => {
  const model = noisyChannel(translator(candidates), {
    language: language({ "the that": -8, "the cat": -2, "a cat": -1 }),
    channel: channel({ "the that": -5, "the cat": -0.5, "a cat": -0.6 }),
  });
  const [generation] = await model.generate(["le chat"]);
  expect(generation?.text).toBe("the cat");
  expect(generation?.score).toBeCloseTo(-4 / 2 - 0.5 + 0.3 * -2, 10);
  expect(generation?.sequences).toBeUndefined();
  const [both] = await model.generate(["le chat"], { numReturnSequences: 2 });
  expect(both?.sequences?.map(({ text }) => text)).toEqual(["the cat", "a cat"]);
  expect(model.card.paradigm).toBe("generative");
});

test("without weight on the others the translator's own first stays", async () => {
  const model = noisyChannel(translator(candidates), { language: language({}), weights: { language: 0 } });
  expect((await model.generate(["le chat"]))[0]?.text).toBe("the that");
});

test("what could not change anything is refused", async () => {
  const model = noisyChannel(translator(candidates), { language: language({}) });
  await expect(model.generate(["le chat"], { doSample: true })).rejects.toMatchObject({ code: "unsupported" });
});

for (const { name, run } of generatorChecks(async () => {
  const model = noisyChannel(translator([["", 0]]), { language: language({ "": 0 }) });
  return model;
}))
  test(name, run);
