import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { type Chain, permittedTransitions, scoreOf, tempered } from "./crf-chain.js";
import { logMarginals } from "./crf-log-marginals.js";
import { marginalsOf } from "./crf-marginals.js";
import { bestPaths } from "./crf-n-best.js";
import { fitTemperature } from "./crf-temperature.js";
import { bestPath } from "./crf-viterbi.js";

const tags = ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"];
const inside = 4;

function randomChain(length: number, seed: number): Chain {
  const random = seededRandom(seed);
  const scores = (count: number): Float64Array => Float64Array.from({ length: count }, () => 4 * random() - 2);
  const transitions = permittedTransitions(tags, scores((tags.length + 1) * tags.length));
  return { length, tags: tags.length, emissions: scores(length * tags.length), transitions };
}

/** Every tagging with its probability, one by one. */
function enumerate(chain: Chain): { path: number[]; score: number; probability: number }[] {
  let paths: number[][] = [[]];
  for (let i = 0; i < chain.length; i++) paths = paths.flatMap((path) => tags.map((_, tag) => [...path, tag]));
  const scored = paths.map((path) => ({ path, score: scoreOf(chain, path) }));
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score), 0);
  return scored.map((each) => ({ ...each, probability: Math.exp(each.score) / total }));
}

/** The tagging at which the running sum of probabilities passes `at`. */
function draw(chain: Chain, at: number): number[] {
  let sum = 0;
  for (const { path, probability } of enumerate(chain)) {
    sum += probability;
    if (sum > at) return path;
  }
  throw new Error("probabilities do not add up to 1");
}

const cases = [1, 2, 3, 4, 5].flatMap((length) => [1, 2, 3].map((seed) => ({ length, seed })));

test.each(cases)("Viterbi finds the best of all taggings: length $length, seed $seed", ({ length, seed }) => {
  const chain = randomChain(length, seed);
  const best = enumerate(chain).reduce((a, b) => (b.score > a.score ? b : a));
  expect([...bestPath(chain)]).toEqual(best.path);
});

test.each(cases)(
  "the likeliest taggings are those of all, in order: length $length, seed $seed",
  ({ length, seed }) => {
    const chain = randomChain(length, seed);
    const all = enumerate(chain)
      .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
      .sort((a, b) => b.score - a.score);
    for (const count of [1, 3, 10_000]) {
      const found = bestPaths(chain, count);
      expect(found.map(({ path }) => [...path])).toEqual(all.slice(0, count).map(({ path }) => path));
      for (const [i, { score }] of found.entries()) expect(score).toBeCloseTo(all[i].score, 9);
    }
  },
);

const bothWays = cases.flatMap((each) => [
  { ...each, name: "scaled", read: marginalsOf },
  { ...each, name: "in logarithms", read: logMarginals },
]);

test.each(bothWays)(
  "marginals, $name, are sums over all taggings: length $length, seed $seed",
  ({ length, seed, read }) => {
    const chain = randomChain(length, seed);
    const all = enumerate(chain);
    const marginals = read(chain);
    const total = all.reduce((sum, { score }) => sum + Math.exp(score), 0);
    expect(marginals.logPartition()).toBeCloseTo(Math.log(total), 9);
    for (let i = 0; i < length; i++) {
      for (const tag of tags.keys()) {
        const expected = all.reduce((sum, { path, probability }) => sum + (path[i] === tag ? probability : 0), 0);
        expect(marginals.ofTag(i, tag)).toBeCloseTo(expected, 9);
      }
    }
  },
);

test("marginals of long chains still add up to 1, and are those of logarithms", () => {
  const chain = randomChain(5000, 7);
  const [scaled, logs] = [marginalsOf(chain), logMarginals(chain)];
  expect(scaled.logPartition()).toBeCloseTo(logs.logPartition(), 7);
  for (let i = 0; i < chain.length; i += 7) {
    const its = [...tags.keys()].map((tag) => scaled.ofTag(i, tag));
    expect(Math.abs(its.reduce((sum, each) => sum + each, 0) - 1)).toBeLessThan(1e-12);
    for (const [tag, each] of its.entries()) expect(Math.abs(logs.ofTag(i, tag) - each)).toBeLessThan(1e-9);
  }
});

test.each([10, 1e3, 1e5])("marginals are numbers where scores lie %d times as far apart", (factor) => {
  const chain = tempered(randomChain(4, 3), 1 / factor);
  const all = enumerate({ ...chain }).map(({ path }) => ({ path, score: scoreOf(chain, path) }));
  const best = Math.max(...all.map(({ score }) => score));
  const logPartition = best + Math.log(all.reduce((sum, { score }) => sum + Math.exp(score - best), 0));
  const marginals = marginalsOf(chain);
  expect(Math.abs(marginals.logPartition() - logPartition)).toBeLessThan(1e-9 * factor);
  for (let i = 0; i < chain.length; i++) {
    for (const tag of tags.keys()) {
      const own = all.filter(({ path }) => path[i] === tag);
      const expected = own.reduce((sum, { score }) => sum + Math.exp(score - logPartition), 0);
      expect(marginals.ofTag(i, tag)).toBeCloseTo(expected, 6);
    }
  }
});

test.each(bothWays)(
  "an entity's probability, $name, is that of its exact limits: length $length, seed $seed",
  ({ length, seed, read }) => {
    const chain = randomChain(length, seed);
    const path = tags.map((_, i) => (i === 0 ? inside - 1 : inside));
    for (let end = 1; end <= length; end++) {
      const expected = enumerate(chain)
        .filter((each) => path.slice(0, end).every((tag, i) => each.path[i] === tag) && each.path[end] !== inside)
        .reduce((sum, { probability }) => sum + probability, 0);
      const found = read(chain).ofSpan(path, { start: 0, end, inside });
      expect(found).toBeCloseTo(expected, 9);
    }
  },
);

test("no tagging breaks IOB2", () => {
  const chain = randomChain(4, 1);
  const possible = enumerate(chain).filter(({ score }) => score > Number.NEGATIVE_INFINITY);
  for (const { path } of possible) {
    for (const [i, tag] of path.entries()) {
      if (tags[tag].startsWith("I-")) expect(tags[path[i - 1] ?? 0].slice(2)).toBe(tags[tag].slice(2));
    }
  }
  expect(possible).not.toHaveLength(0);
});

test("the temperature that is fitted is the one that tags were drawn at", () => {
  const random = seededRandom(5);
  const sentences = Array.from({ length: 400 }, (_, seed) => {
    const chain = randomChain(3, seed);
    return { chain, gold: draw(tempered(chain, 2.5), random()) };
  });
  const fitted = fitTemperature(sentences);
  expect(fitted).toBeGreaterThan(2);
  expect(fitted).toBeLessThan(3);
});
