import { hasDensity } from "@bifocal/contracts";
import { generatorChecks } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitPieces } from "../features/pieces.js";
import { promptWords } from "./prompt-words.js";

for (const { name, run } of generatorChecks(promptWords)) test(name, run);

async function continuation(prompt: string, options = {}) {
  const [generation] = await promptWords().generate([prompt], options);
  return generation;
}

test("it writes words of the prompt only, in pairs that stand there, or anything after what stands last", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "c", "d,"), { minLength: 1, maxLength: 8 }), async (words) => {
      const prompt = words.join(" ");
      const pieces = splitPieces(` ${prompt}`);
      const { text } = await continuation(prompt, { maxNewTokens: 12 });
      const written = [pieces.at(-1), ...splitPieces(text)];
      for (let i = 1; i < written.length; i++) {
        const follows = pieces.flatMap((piece, at) => (at > 0 && pieces[at - 1] === written[i - 1] ? [piece] : []));
        expect(follows.length > 0 ? follows : pieces).toContain(written[i]);
      }
    }),
  );
});

test("one word may come again, and the likeliest is taken where nothing is drawn", async () => {
  expect((await continuation("Ada", { maxNewTokens: 3 })).text).toBe(" Ada Ada Ada");
  expect((await continuation("a b a b a c a", { maxNewTokens: 4, doSample: false })).text).toBe(" b a b a");
});

test("of nothing it makes nothing, and it says nothing of how likely a text is", async () => {
  expect(await continuation(" \n")).toMatchObject({ text: "", finishReason: "empty", tokens: 0 });
  expect(await continuation("a b")).not.toHaveProperty("logProbability");
  expect(hasDensity(promptWords())).toBe(false);
});
