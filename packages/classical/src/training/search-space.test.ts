import { expect, test } from "vitest";
import { learnerNamed } from "../learners.js";
import { candidatesOf, type SearchSpace } from "./search-space.js";

const bayes = learnerNamed("naive-bayes");
const candidates = (space: SearchSpace, trials?: number, seed = 1) => candidatesOf(space, bayes, { trials, seed });

test("without a number of trials every combination is tried, the last name's values changing fastest", () => {
  expect(candidates({ ngrams: [1, 2], withoutAddresses: [true, false] })).toEqual([
    { ngrams: 1, withoutAddresses: true },
    { ngrams: 1, withoutAddresses: false },
    { ngrams: 2, withoutAddresses: true },
    { ngrams: 2, withoutAddresses: false },
  ]);
});

test("numbers are drawn evenly on a logarithmic scale, whole ones where the setting is whole", () => {
  const drawn = candidates({ smoothing: { from: 1e-4, to: 1 }, ngrams: { from: 1, to: 5 } }, 400);
  expect(drawn).toHaveLength(400);
  const smoothing = drawn.map((each) => each.smoothing as number);
  for (const power of [-4, -3, -2, -1]) {
    const within = smoothing.filter((each) => each >= 10 ** power && each < 10 ** (power + 1));
    expect(within.length / 400).toBeCloseTo(1 / 4, 1);
  }
  expect(new Set(drawn.map((each) => each.ngrams))).toEqual(new Set([1, 2, 3, 4, 5]));
});

test("each draw is tried once, and the seed decides which", () => {
  expect(candidates({ ngrams: [1, 2, 3] }, 50)).toHaveLength(3);
  const space = { smoothing: { from: 0.01, to: 1 } };
  expect(candidates(space, 5, 2)).toEqual(candidates(space, 5, 2));
  expect(candidates(space, 5, 2)).not.toEqual(candidates(space, 5, 3));
});

test.each([
  [{}, undefined, "one setting or more"],
  [{ ngrams: [] }, undefined, "no values for ngrams"],
  [{ smoothing: { from: 1, to: 1 } }, 3, "no values for smoothing"],
  [{ smoothing: { from: 1, to: 2 } }, undefined, "say how many trials to draw"],
  [{ ngrams: [1] }, 0, "from 1 to 10000 trials"],
  [{ smothing: [1] }, undefined, 'Did you mean "smoothing"?'],
  [{ ngrams: [1, 99] }, undefined, "ngrams must be a whole number from 0 to 5"],
] as [SearchSpace, number | undefined, string][])("the search %j of %s trials is refused", (space, trials, message) => {
  expect(() => candidates(space, trials)).toThrow(message);
});
