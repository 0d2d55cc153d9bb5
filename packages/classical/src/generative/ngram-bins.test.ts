import fc from "fast-check";
import { expect, test } from "vitest";
import { binNumbers } from "./ngram-bins.js";

const logarithms = fc.array(fc.float({ min: -9, max: 0, noNaN: true }), { minLength: 1, maxLength: 300 });

/** The numbers that the codes stand for. */
function decoded(numbers: readonly number[], bits: number): number[] {
  const { codes, bins } = binNumbers(Float32Array.from(numbers), new Uint8Array(numbers.length), { rows: 1, bits });
  return Array.from(codes, (code) => bins[code]);
}

test("no number moves by more than the width of a bin, and their sum stays", () => {
  fc.assert(
    fc.property(logarithms, fc.integer({ min: 1, max: 8 }), (numbers, bits) => {
      const width = (Math.max(...numbers) - Math.min(...numbers)) / 2 ** bits;
      const found = decoded(numbers, bits);
      for (const [i, number] of numbers.entries())
        expect(Math.abs(found[i] - number)).toBeLessThanOrEqual(width + 1e-5);
      const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
      expect(Math.abs(sum(found) - sum(numbers))).toBeLessThan(1e-2);
    }),
  );
});

test("as many different numbers as there are bins are kept as they are", () => {
  const numbers = [-3, -0.25, -3, 0, -8.5, -0.25];
  expect(decoded(numbers, 2)).toEqual(numbers);
  expect(decoded([], 8)).toEqual([]);
});

test("each row has bins of its own", () => {
  const numbers = Float32Array.of(-1, -2, -100, -200);
  const { codes, bins } = binNumbers(numbers, Uint8Array.of(0, 0, 1, 1), { rows: 2, bits: 1 });
  expect(Array.from(codes, (code, i) => bins[(i < 2 ? 0 : 2) + code])).toEqual([-1, -2, -100, -200]);
});
