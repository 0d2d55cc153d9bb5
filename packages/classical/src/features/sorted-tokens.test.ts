import fc from "fast-check";
import { expect, test } from "vitest";
import { absent } from "./hash-slots.js";
import { putNumbers, widthOf } from "./packed-numbers.js";
import { findSorted, packTokens, readSorted, type SortedTokens } from "./sorted-tokens.js";

function sortedTokens(tokens: readonly Buffer[]): SortedTokens {
  const starts = new Int32Array(tokens.length + 1);
  for (const [i, each] of tokens.entries()) starts[i + 1] = starts[i] + each.length;
  const { blocks, bytes } = packTokens(
    { bytes: Buffer.concat(tokens), starts, size: tokens.length },
    Int32Array.from(tokens.keys()),
  );
  const width = widthOf(bytes.length);
  const packed = new Uint8Array(blocks.length * width);
  putNumbers(packed, 0, blocks, width);
  return { size: tokens.length, blocks: { bytes: packed, start: 0, width, length: blocks.length }, bytes };
}

const token = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "é", "€", "𝔸"), minLength: 1, maxLength: 5 }),
  fc
    .tuple(fc.integer({ min: 250, max: 300 }), fc.string({ maxLength: 2 }))
    .map(([length, end]) => "a".repeat(length) + end),
);

test("each token is found at its place, and no other anywhere", () => {
  fc.assert(
    fc.property(fc.uniqueArray(token, { maxLength: 60 }), fc.array(token, { maxLength: 10 }), (tokens, others) => {
      const sorted = tokens.map((each) => Buffer.from(each)).sort(Buffer.compare);
      const packed = sortedTokens(sorted);
      for (const [i, each] of sorted.entries()) expect(findSorted(packed, each, each.length)).toBe(i);
      for (const other of [...others, ""]) {
        const bytes = Buffer.from(other);
        expect(findSorted(packed, bytes, bytes.length)).toBe(sorted.findIndex((each) => each.equals(bytes)));
      }
      const { units, starts } = readSorted(packed);
      expect(sorted.map((_, i) => String.fromCharCode(...units.subarray(starts[i], starts[i + 1])))).toEqual(
        sorted.map(String),
      );
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["do not ascend", ["b", "a"]],
  ["are there twice", ["a", "a"]],
])("tokens that %s are refused once all are read", (_, tokens) => {
  const packed = sortedTokens(tokens.map((each) => Buffer.from(each)));
  expect(() => readSorted(packed)).toThrow(expect.objectContaining({ code: "model-damaged" }));
});

test("in none, none is found", () => {
  expect(findSorted(sortedTokens([]), Buffer.from("a"), 1)).toBe(absent);
});
