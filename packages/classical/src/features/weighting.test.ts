import { expect, test } from "vitest";
import type { TextFeatures } from "./text-features.js";
import { inverseDocumentFrequencies, weigh } from "./weighting.js";

function weighed(
  counts: readonly number[],
  features: Partial<TextFeatures>,
  weights: readonly number[] = [],
): number[] {
  const values = Float32Array.from(counts);
  weigh(
    Uint32Array.from(counts.keys()),
    values,
    { values: "count", scaleRows: false, ...features },
    Float32Array.from(weights),
  );
  return [...values];
}

test("a column that every row has weighs 1, a rarer one more", () => {
  const [everywhere, half, once, never] = inverseDocumentFrequencies(4, Int32Array.of(4, 2, 1, 0));
  expect(everywhere).toBeCloseTo(1, 6);
  expect(half).toBeCloseTo(Math.log(2) + 1, 6);
  expect(once).toBeCloseTo(Math.log(4) + 1, 6);
  expect(never).toBeCloseTo(Math.log(4) + 1, 6);
});

test("a value is 1, the count, or 1 + ln of it, times its column's weight", () => {
  expect(weighed([1, 3], { values: "presence" })).toEqual([1, 1]);
  expect(weighed([1, 3], { values: "count" })).toEqual([1, 3]);
  expect(weighed([1, 3], { values: "logarithm" })).toEqual([1, Math.fround(1 + Math.log(3))]);
  expect(weighed([1, 3], {}, [2, 0.5])).toEqual([2, 1.5]);
});

test("scaled rows have length 1, and an empty one stays empty", () => {
  const [three, four] = weighed([3, 4], { scaleRows: true });
  expect(three).toBeCloseTo(0.6, 6);
  expect(four).toBeCloseTo(0.8, 6);
  expect(weighed([], { scaleRows: true })).toEqual([]);
  expect(weighed([1], { scaleRows: true }, [0])).toEqual([0]);
});

test("only the row asked for is weighed", () => {
  const values = Float32Array.of(2, 2, 2);
  weigh(Uint32Array.of(0, 1, 0), values, { values: "presence", scaleRows: false }, new Float32Array(), 1, 2);
  expect([...values]).toEqual([2, 1, 2]);
});
