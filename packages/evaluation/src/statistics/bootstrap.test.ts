import { BifocalError } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { Counts } from "../metric.js";
import { bootstrap } from "./bootstrap.js";

const share = { score: ({ part = 0, whole = 0 }: Counts) => (whole === 0 ? undefined : part / whole) };
const items: readonly Counts[] = [
  { part: 1, whole: 4 },
  { part: 2, whole: 3 },
  { part: 0, whole: 2 },
];

/** The scores of every one of the 3^3 equally likely draws, ascending. */
const all = Array.from({ length: 27 }, (_, number) => {
  const drawn = [0, 1, 2].map((digit) => items[Math.floor(number / 3 ** digit) % 3]);
  const sum = (name: string) => drawn.reduce((total, each) => total + (each?.[name] ?? 0), 0);
  return sum("part") / sum("whole");
}).sort((a, b) => a - b);

test.each([0.5, 0.8])("the interval of %d is that of all draws there are", (confidence) => {
  const { score, low, high } = bootstrap(share, items, { samples: 100_000, confidence });
  expect(score).toBeCloseTo(3 / 9, 12);
  const at = (share: number) => all[Math.round(26 * share)] ?? Number.NaN;
  const tail = (1 - confidence) / 2;
  expect(low).toBeGreaterThanOrEqual(at(tail - 0.04));
  expect(low).toBeLessThanOrEqual(at(tail + 0.04));
  expect(high).toBeGreaterThanOrEqual(at(1 - tail - 0.04));
  expect(high).toBeLessThanOrEqual(at(1 - tail + 0.04));
});

test("the same seed gives the same interval, and items that are alike no spread", () => {
  const options = { samples: 500, seed: 3 };
  expect(bootstrap(share, items, options)).toEqual(bootstrap(share, items, options));
  const alike = Array.from({ length: 9 }, () => ({ part: 1, whole: 4 }));
  expect(bootstrap(share, alike, options)).toEqual({ score: 0.25, low: 0.25, high: 0.25 });
});

test.each([
  [[], {}],
  [items, { samples: 0 }],
  [items, { confidence: 1 }],
])("refuses what cannot be: %j, %j", (counts, options) => {
  expect(() => bootstrap(share, counts, options)).toThrow(BifocalError);
});
