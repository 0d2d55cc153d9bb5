import fc from "fast-check";
import { expect, test } from "vitest";
import { newRoom } from "../../machine-code/array-room.js";
import { chainKernel } from "./chain-kernel.js";

// Each function of machine code beside the formula that it stands for.

const room = newRoom(1 << 16);
const run = chainKernel(room.memory);
const number = fc.double({ min: -100, max: 100, noNaN: true });
/** So many rows of 2, 4, … 20 numbers. */
const rowsOf = (count: number) =>
  fc
    .integer({ min: 1, max: 10 })
    .chain((pairs) => fc.array(fc.array(number, { minLength: 2 * pairs, maxLength: 2 * pairs }), { minLength: count }));

function placed(numbers: readonly number[]): Float64Array {
  const array = room.array(Float64Array, numbers.length);
  array.set(numbers);
  return array;
}

const expectClose = (found: Float64Array, wanted: readonly number[]): void => {
  for (const [i, each] of wanted.entries()) expect(found[i]).toBeCloseTo(each, 8);
};

test("rows of a matrix are combined, by numbers that lie anywhere", () => {
  fc.assert(
    fc.property(rowsOf(2), fc.integer({ min: 1, max: 3 }), ([to, ...matrix], stride) => {
      const factors = matrix.map((_, i) => (i % 7) - 3);
      const from = placed(factors.flatMap((each) => [each, ...new Array(stride - 1).fill(99)]));
      const [row, rows] = [placed(to), placed(matrix.flat())];
      const width = 8 * to.length;
      run.addCombined(from.byteOffset, 8 * stride, rows.byteOffset, matrix.length, row.byteOffset, width);
      expectClose(
        row,
        to.map((each, t) => factors.reduce((sum, factor, k) => sum + factor * (matrix[k]?.[t] ?? 0), each)),
      );
    }),
  );
});

test("features' weights are added up to a row, and a row is added to them, where they overlap, too", () => {
  fc.assert(
    fc.property(rowsOf(1), fc.array(fc.nat(30)), ([row], starts) => {
      const length = row.length;
      const all = Array.from({ length: 60 }, (_, i) => i / 7 - 3);
      const [weights, sum] = [placed(all), placed(row)];
      const features = room.array(Uint32Array, starts.length);
      features.set(starts);
      const [first, end] = [features.byteOffset, features.byteOffset + features.byteLength];
      run.sumFeatures(weights.byteOffset, first, end, sum.byteOffset, 8 * length);
      expectClose(
        sum,
        row.map((_, t) => starts.reduce((total, start) => total + all[start + t], 0)),
      );
      const added = placed(row);
      run.addToFeatures(weights.byteOffset, first, end, added.byteOffset, 8 * length);
      for (const start of starts) for (const [t, each] of row.entries()) all[start + t] += each;
      expectClose(weights, all);
    }),
  );
});

test("rows are filled, scaled and multiplied", () => {
  fc.assert(
    fc.property(rowsOf(2), number, ([one, other], factor) => {
      const [row, second, to] = [placed(one), placed(other), placed(one)];
      const width = 8 * one.length;
      run.multiplyInto(row.byteOffset, second.byteOffset, to.byteOffset, width, factor);
      expectClose(
        to,
        one.map((each, i) => each * other[i] * factor),
      );
      const product = one.map((each, i) => each * other[i]);
      const sum = run.multiply(row.byteOffset, second.byteOffset, width);
      expectClose(row, product);
      expect(sum).toBeCloseTo(
        product.reduce((total, each) => total + each, 0),
        6,
      );
      run.scale(second.byteOffset, width, factor);
      expectClose(
        second,
        other.map((each) => each * factor),
      );
      run.fill(to.byteOffset, width, factor);
      expect([...to]).toEqual(new Array(one.length).fill(factor));
    }),
  );
});

test("e is raised to any power from 0 down, to within two units in the last place", () => {
  const raised = (powers: readonly number[], largest = 0) => {
    const row = placed(powers);
    run.raise(row.byteOffset, row.byteLength, largest);
    return row;
  };
  fc.assert(
    fc.property(fc.double({ min: -700, max: 0, noNaN: true }), number, (power, largest) => {
      const [found, other] = raised([power + largest, largest], largest);
      const wanted = Math.exp(power + largest - largest);
      expect(Math.abs(found - wanted)).toBeLessThanOrEqual(4.5e-16 * wanted);
      expect(other).toBe(1);
    }),
    { numRuns: 2000 },
  );
  expect([...raised([0, -1e4, Number.NEGATIVE_INFINITY, -700.1])]).toEqual([1, 0, 0, 0]);
});
