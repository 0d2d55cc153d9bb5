import { BifocalError } from "@bifocal/contracts";
import { awkwardTexts } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { winkSentences } from "./wink-sentences.js";

const fragments = fc.constantFrom(
  "Mr. Ng paid $5. ",
  "cafe\u0301 ",
  "\r\n",
  "\n\n",
  "👩‍👩‍👧‍👦",
  "\ud83d",
  "\ude00",
  "\u0000",
  "can’t ",
  "…",
  "\ufeff",
  "\u200b",
  "\u00a0",
  "https://a.example/x?y=1#z ",
  "«Oui», ",
  "東京。",
  "__proto__ ",
  "a.b.c.",
  '?!" ',
);

const anyText = fc.oneof(
  fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
);

test("sentences stand in the text as told, in order, and leave out white space only", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      let end = 0;
      for (const sentence of await winkSentences(text)) {
        expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
        expect(text.slice(end, sentence.start).trim()).toBe("");
        expect(sentence.end).toBeGreaterThan(sentence.start);
        end = sentence.end;
      }
      expect(text.slice(end).trim()).toBe("");
    }),
    { numRuns: 300 },
  );
});

test("abbreviations end no sentence; blank lines do", async () => {
  const text = "Title here\n\nMr. Ng left in the U.S. on Monday.  He paid 3.50 for it.";
  expect((await winkSentences(text)).map((sentence) => sentence.text)).toEqual([
    "Title here",
    "Mr. Ng left in the U.S. on Monday.",
    "He paid 3.50 for it.",
  ]);
});

test("a sentence that crosses the border between two pieces stays whole", async () => {
  const sentence = "The quick brown fox jumps over the lazy dog near the river bank.";
  const sentences = await winkSentences(Array(200).fill(sentence).join(" "));
  expect(sentences).toHaveLength(200);
  expect(new Set(sentences.map(({ text }) => text))).toEqual(new Set([sentence]));
});

test.each([
  ["one word", "a"],
  ["addresses", "http://"],
  ["words", "word "],
  ["white space", " "],
])("a long line made of %s is read in time", async (_, unit) => {
  const text = unit.repeat(Math.ceil(100_000 / unit.length));
  const started = performance.now();
  await winkSentences(text);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test("a call is aborted between two pieces", async () => {
  const controller = new AbortController();
  const reading = winkSentences("One sentence. ".repeat(50_000), { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(reading).rejects.toSatisfy((error) => error instanceof BifocalError && error.code === "aborted");
});

test("empty and white texts have no sentences", async () => {
  expect(await winkSentences("")).toEqual([]);
  expect(await winkSentences(awkwardTexts[1] as string)).toEqual([]);
});
