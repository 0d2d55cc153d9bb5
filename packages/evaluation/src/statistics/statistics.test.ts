import { readFileSync } from "node:fs";
import { BifocalError } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { goldenPath, hasGolden } from "../../testing/goldens.js";
import { holm } from "./holm.js";
import { mcnemarExact } from "./mcnemar.js";
import { normalQuantile } from "./normal-quantile.js";
import { wilsonInterval } from "./wilson.js";

interface StatisticsGolden {
  readonly mcnemar: readonly { onlyA: number; onlyB: number; exact: number }[];
  readonly wilson95: readonly { successes: number; n: number; low: number; high: number }[];
  readonly holm: readonly { p: number[]; adjusted: number[] }[];
}

const relativeError = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);

// By mpmath 1.3, 40 digits, from its ncdf.
test.each([
  [0.975, 1.9599639845400538],
  [0.6, 0.2533471031357997],
  [0.5, 0],
  [0.1, -1.2815515655446004],
  [1e-10, -6.361340902404057],
  [1e-30, -11.464024688443615],
  [0.9999, 3.7190164854557084],
])("the normal quantile of %d is %d", (p, z) => {
  expect(relativeError(normalQuantile(p), z)).toBeLessThan(1e-14);
});

// By whole-number arithmetic up to 100,000 items, by mpmath with 50 digits above.
test.each([
  [0, 0, 1],
  [1, 0, 1],
  [5, 3, 0.7265625],
  [480, 520, 0.21744829320414094],
  [9_700, 10_300, 2.2766981381795824e-5],
  [49_500, 50_500, 0.0015823598788515956],
  [1_000, 3_000, 2.4915145386299067e-229],
  [1_500_000, 1_503_000, 0.08352162085628438],
  [5_000_000, 5_012_345, 9.575310526115723e-5],
  [2_000_000, 2_000_000, 1],
  [0, 1_000_000, 0],
])("McNemar's exact p of %d against %d is %d, either way round", (first, second, p) => {
  expect(relativeError(mcnemarExact(first, second), p)).toBeLessThan(1e-12);
  expect(mcnemarExact(second, first)).toBe(mcnemarExact(first, second));
});

test("the Wilson interval holds the share, ends at 0 and 1 exactly, and mirrors", () => {
  for (const n of [1, 2, 10, 997, 1e9]) {
    expect(wilsonInterval(0, n).low).toBe(0);
    expect(wilsonInterval(n, n).high).toBe(1);
    for (const successes of [1, Math.floor(n / 2), n - 1].filter((each) => each >= 0 && each <= n)) {
      const { low, high } = wilsonInterval(successes, n, 0.9);
      expect(low).toBeLessThanOrEqual(successes / n);
      expect(high).toBeGreaterThanOrEqual(successes / n);
      expect(wilsonInterval(n - successes, n, 0.9).low).toBeCloseTo(1 - high, 12);
    }
  }
});

test("a wider confidence gives a wider interval", () => {
  expect(wilsonInterval(7, 10, 0.99).low).toBeLessThan(wilsonInterval(7, 10, 0.9).low);
});

test.each([
  ["more successes than items", () => wilsonInterval(3, 2)],
  ["no items", () => wilsonInterval(0, 0)],
  ["a confidence of 1", () => wilsonInterval(1, 2, 1)],
  ["a count that is not whole", () => mcnemarExact(1.5, 2)],
  ["a negative count", () => mcnemarExact(-1, 2)],
])("refuses %s", (_, call) => {
  expect(call).toThrow(BifocalError);
});

test("Holm keeps the order given, never falls with a greater p, and stays within 1", () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.9]);
  expect(adjusted.map((p) => Number(p.toFixed(12)))).toEqual([0.04, 0.09, 0.09, 0.9]);
  expect(holm([])).toEqual([]);
  expect(holm([0.7, 0.8])).toEqual([1, 1]);
});

test.skipIf(!hasGolden("statistics.json"))("gives SciPy's figures (skipped where ../shared is absent)", () => {
  const golden = JSON.parse(readFileSync(goldenPath("statistics.json"), "utf8")) as StatisticsGolden;
  for (const { onlyA, onlyB, exact } of golden.mcnemar) {
    expect(relativeError(mcnemarExact(onlyA, onlyB), exact)).toBeLessThan(1e-9);
  }
  for (const { successes, n, low, high } of golden.wilson95) {
    const interval = wilsonInterval(successes, n);
    expect(relativeError(interval.low, low)).toBeLessThan(1e-9);
    expect(relativeError(interval.high, high)).toBeLessThan(1e-9);
  }
  for (const { p, adjusted } of golden.holm) {
    for (const [i, each] of holm(p).entries()) expect(relativeError(each, adjusted[i] ?? -1)).toBeLessThan(1e-9);
  }
});
