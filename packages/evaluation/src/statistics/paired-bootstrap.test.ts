import { BifocalError, seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { Counts } from "../metric.js";
import { pairedBootstrap } from "./paired-bootstrap.js";

/** Not a mean over items: what is drawn must be added up before it is divided. */
const share = { score: ({ part = 0, whole = 0 }: Counts) => (whole === 0 ? undefined : part / whole) };

const first: readonly Counts[] = [
  { part: 1, whole: 4 },
  { part: 2, whole: 3 },
  { part: 0, whole: 2 },
  { part: 5, whole: 6 },
];
const second: readonly Counts[] = [
  { part: 3, whole: 4 },
  { part: 1, whole: 5 },
  { part: 2, whole: 2 },
  { part: 6, whole: 6 },
];

/** The differences of every one of the 4^4 equally likely draws, ascending. */
function allDifferences(): number[] {
  const shareOf = (counts: readonly Counts[], drawn: readonly number[]): number => {
    const sum = (name: string) => drawn.reduce((total, i) => total + (counts[i]?.[name] ?? 0), 0);
    return sum("part") / sum("whole");
  };
  return Array.from({ length: 4 ** 4 }, (_, number) => {
    const drawn = [0, 1, 2, 3].map((digit) => Math.floor(number / 4 ** digit) % 4);
    return shareOf(second, drawn) - shareOf(first, drawn);
  }).sort((a, b) => a - b);
}

test.each([0.5, 0.8, 0.95])("the interval of %d is that of all draws there are", (confidence) => {
  const all = allDifferences();
  const { difference, low, high } = pairedBootstrap(share, first, second, { samples: 200_000, confidence });
  expect(difference).toBeCloseTo(12 / 17 - 8 / 15, 12);
  const tail = (1 - confidence) / 2;
  const around = (end: number, by: number) =>
    all[Math.round((all.length - 1) * Math.min(1, Math.max(0, end + by)))] ?? 0;
  for (const [end, value] of [
    [tail, low],
    [1 - tail, high],
  ] as const) {
    expect(value).toBeGreaterThanOrEqual(around(end, -0.01));
    expect(value).toBeLessThanOrEqual(around(end, 0.01));
  }
});

test("models are drawn together: a constant difference has no spread", () => {
  const random = seededRandom(4);
  const scores = Array.from({ length: 50 }, random);
  const counts = (add: number) => scores.map((part) => ({ part: part + add, whole: 1 }));
  const { difference, low, high } = pairedBootstrap(share, counts(0), counts(0.25), { samples: 500 });
  for (const each of [difference, low, high]) expect(each).toBeCloseTo(0.25, 12);
});

test("the same seed gives the same interval, another seed another, and swapped models its mirror", () => {
  const options = { samples: 999, seed: 5 };
  const interval = pairedBootstrap(share, first, second, options);
  expect(pairedBootstrap(share, first, second, options)).toEqual(interval);
  const mirrored = pairedBootstrap(share, second, first, options);
  expect(mirrored.low).toBeCloseTo(-interval.high, 12);
  expect(mirrored.high).toBeCloseTo(-interval.low, 12);
  expect(pairedBootstrap(share, first, second, { samples: 3, seed: 6 })).not.toEqual(
    pairedBootstrap(share, first, second, { samples: 3, seed: 7 }),
  );
});

test.each([
  ["no items", () => pairedBootstrap(share, [], [])],
  ["items of one model that the other has not", () => pairedBootstrap(share, first, second.slice(1))],
  ["no samples", () => pairedBootstrap(share, first, second, { samples: 0 })],
  ["a confidence of 1", () => pairedBootstrap(share, first, second, { confidence: 1 })],
])("refuses %s", (_, call) => {
  expect(call).toThrow(BifocalError);
});
