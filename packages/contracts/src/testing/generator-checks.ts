import assert from "node:assert/strict";
import type { Density, Model, TextGenerator } from "../models.js";
import type { GenerateOptions } from "../options.js";
import { awkwardTexts, type Check } from "./check.js";
import { modelChecks, type Open, withModel } from "./model-checks.js";

/** The conformance suite of models that write; `options` go with every call (languages, say). */
export function generatorChecks(open: Open<TextGenerator>, options: GenerateOptions = {}): Check[] {
  const texts = [...awkwardTexts, "One sentence. Another sentence follows it. And a third one ends the text."];
  const short = { maxNewTokens: 8, ...options };
  return [
    ...modelChecks(open, (model, given, signal) => model.generate(given, { ...short, ...(signal && { signal }) })),
    {
      name: "writes for every text, in order, and says how it ended",
      run: () =>
        withModel(open, async (model) => {
          const generations = await model.generate(texts, short);
          assert.equal(generations.length, texts.length);
          for (const [i, { text, finishReason, tokens, model: id, sentences = [] }] of generations.entries()) {
            assert.equal(typeof text, "string");
            assert.ok(["end", "stop", "length", "empty"].includes(finishReason));
            assert.ok(Number.isInteger(tokens) && tokens >= 0);
            assert.equal(id, model.card.id);
            for (const sentence of sentences)
              assert.equal(sentence.text, texts[i]?.slice(sentence.start, sentence.end));
          }
        }),
    },
    {
      name: "writes for several texts what it writes for each alone",
      run: () =>
        withModel(open, async (model) => {
          const alone = [];
          for (const text of texts) alone.push(...(await model.generate([text], short)));
          const together = await model.generate(texts, short);
          assert.deepEqual(
            together.map(({ text, finishReason, tokens }) => ({ text, finishReason, tokens })),
            alone.map(({ text, finishReason, tokens }) => ({ text, finishReason, tokens })),
          );
        }),
    },
    {
      name: "writes the same again with the same seed",
      run: () =>
        withModel(open, async (model) => {
          const once = await model.generate(["Once upon a time"], { ...short, seed: 7 });
          assert.deepEqual(await model.generate(["Once upon a time"], { ...short, seed: 7 }), once);
        }),
    },
    {
      name: "streams what it generates",
      run: () =>
        withModel(open, async (model) => {
          for (const text of ["Once upon a time", texts.at(-1) as string]) {
            const [whole] = await model.generate([text], short);
            let streamed = "";
            for await (const piece of model.stream(text, short)) streamed += piece.text;
            assert.equal(streamed, whole?.text);
          }
        }),
    },
  ];
}

/** The conformance suite of what a generative model says of a text. */
export function densityChecks(open: Open<Model & Density>): Check[] {
  return [
    {
      name: "gives finite log-probabilities, at most 0, in order",
      run: () =>
        withModel(open, async (model) => {
          const answers = await model.logProbability(awkwardTexts);
          assert.equal(answers.length, awkwardTexts.length);
          for (const [i, { logProbability, bytes }] of answers.entries()) {
            assert.ok(Number.isFinite(logProbability) && logProbability <= 0, `text ${i}: ${logProbability}`);
            assert.equal(bytes, Buffer.byteLength(awkwardTexts[i] as string));
          }
        }),
    },
  ];
}
