import { expect, test } from "vitest";
import { countTriples, interpolate } from "./hmm-counts.js";

test("counts three tags in a row, two starts before and an end after", () => {
  const triples = countTriples([[0, 1], []], 2);
  const at = (older: number, tag: number, next: number): number => triples[(older * 3 + tag) * 3 + next];
  expect([at(2, 2, 0), at(2, 0, 1), at(0, 1, 2), at(2, 2, 2)]).toEqual([1, 1, 1, 1]);
  expect(triples.reduce((sum, each) => sum + each, 0)).toBe(4);
});

test.each([1, 2])("order %d: each row adds up to 1, and what may not follow does not", (order) => {
  const triples = countTriples(
    [
      [0, 1, 1, 2],
      [2, 0, 1],
      [1, 1],
    ],
    3,
  );
  const probabilities = interpolate(triples, 3, order, (_, next) => next !== 0);
  expect(probabilities).toHaveLength(4 ** (order + 1));
  for (let row = 0; row < probabilities.length; row += 4) {
    expect(probabilities.subarray(row, row + 4).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    expect(probabilities[row]).toBe(0);
  }
});

test("weights are those of deleted interpolation, worked out by hand", () => {
  // Sentences "0 1", "0 1", "1": the bigrams are start-0 ×2, start-1 ×1, 0-1 ×2, 1-end ×3; the unigrams 0 ×2, 1 ×3, end ×3.
  // start-0: (2 − 1) / (3 − 1) = 0.5 against (2 − 1) / (8 − 1): 2 votes for bigrams. start-1: 0 against 2/7: 1 for unigrams.
  // 0-1: 1 / 1 against 2/7: 2 for bigrams. 1-end: 2/2 against 2/7: 3 for bigrams. So unigrams weigh 1/8, bigrams 7/8.
  const probabilities = interpolate(countTriples([[0, 1], [0, 1], [1]], 2), 2, 1);
  expect(probabilities[2 * 3 + 0]).toBeCloseTo((7 / 8) * (2 / 3) + (1 / 8) * (2 / 8), 5);
  expect(probabilities[0 * 3 + 1]).toBeCloseTo(7 / 8 + (1 / 8) * (3 / 8), 5);
});
