import { awkwardTexts } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../testing/any-text.js";
import { hasHalf } from "../../testing/half-pairs.js";
import { textChunks } from "./text-chunks.js";

test("a text that is not long is one chunk", () => {
  for (const text of awkwardTexts) expect(textChunks(text, "drop")).toEqual([{ start: 0, end: text.length }]);
});

test("chunks are all of a text, of bounded length, and split no pair", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 9000 }), (unit, length) => {
      const text = `${unit}x`.repeat(Math.ceil(length / (unit.length + 1)));
      const chunks = textChunks(text, "keep");
      expect(chunks.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
      for (const { start, end } of chunks) {
        expect(end - start).toBeLessThanOrEqual(4096);
        if (!hasHalf(text)) expect(hasHalf(text.slice(start, end))).toBe(false);
      }
    }),
    { numRuns: 50 },
  );
});

test("a cut is before a space where there is one, which stays or goes", () => {
  const text = "a few words and more ".repeat(1000);
  for (const { start } of textChunks(text, "keep").slice(1)) expect(text.slice(start, start + 2)).toMatch(/^ \S$/u);
  for (const { start, end } of textChunks(text, "drop").slice(1)) {
    expect(text[start - 1]).toBe(" ");
    expect(text.slice(start, end)).toMatch(/^\S/u);
  }
});
