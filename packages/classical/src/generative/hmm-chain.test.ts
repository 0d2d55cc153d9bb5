import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { decoder } from "./hmm-decode.js";
import { forwardBackward } from "./hmm-marginals.js";
import { bestPaths } from "./hmm-n-best.js";
import { spanProbability } from "./hmm-span.js";
import { contextAt, type Observations, openTagChain, scoreOfPath, type TagChain } from "./hmm-trellis.js";
import { viterbi } from "./hmm-viterbi.js";

const tags = 4;

function randomChain(order: number, seed: number): TagChain {
  const random = seededRandom(seed);
  const size = tags + 1;
  const probabilities = Float64Array.from({ length: size ** (order + 1) }, () => random());
  for (let row = 0; row < probabilities.length; row += size) {
    const numbers = probabilities.subarray(row, row + size);
    const sum = numbers.reduce((total, each) => total + each, 0);
    for (let i = 0; i < size; i++) numbers[i] /= sum;
  }
  return openTagChain(order, tags, probabilities);
}

/** Each token has some of the tags, one at least. */
function randomSentence(length: number, seed: number): Observations {
  const random = seededRandom(seed);
  const candidates = Array.from({ length }, (_, i) =>
    Array.from({ length: tags }, (_, tag) => tag).filter((tag) => tag === i % tags || random() < 0.6),
  );
  const offsets = new Uint32Array(length + 1);
  for (let i = 0; i < length; i++) offsets[i + 1] = offsets[i] + candidates[i].length;
  const all = Uint8Array.from(candidates.flat());
  return { length, offsets, tags: all, probabilities: Float64Array.from(all, () => random()) };
}

/** Every tagging with log p(tokens, tags), best first, by the definition alone. */
function enumerate(chain: TagChain, { length, offsets, tags: candidates, probabilities }: Observations) {
  let paths: { path: number[]; probability: number }[] = [{ path: [], probability: 1 }];
  const step = (path: readonly number[], next: number): number => {
    const [older = tags, tag = tags] = [tags, tags, ...path].slice(-2);
    return chain.probabilities[contextAt(chain, older, tag) + next];
  };
  for (let i = 0; i < length; i++) {
    paths = paths.flatMap(({ path, probability }) =>
      Array.from(candidates.subarray(offsets[i], offsets[i + 1]), (tag, column) => ({
        path: [...path, tag],
        probability: probability * step(path, tag) * probabilities[offsets[i] + column],
      })),
    );
  }
  return paths
    .map(({ path, probability }) => ({ path, probability: probability * step(path, tags) }))
    .sort((a, b) => b.probability - a.probability);
}

const cases = [1, 2].flatMap((order) =>
  [0, 1, 2, 3, 5].flatMap((length) => [1, 2, 3].map((seed) => ({ order, length, seed }))),
);

test.each(cases)("Viterbi finds the best of all taggings: %j", ({ order, length, seed }) => {
  const [chain, seen] = [randomChain(order, seed), randomSentence(length, seed + 10)];
  const [best] = enumerate(chain, seen);
  const { path, logScore } = viterbi(chain)(seen);
  expect([...path]).toEqual(best.path);
  expect(logScore).toBeCloseTo(Math.log(best.probability), 9);
  expect(scoreOfPath(chain, seen, best.path)).toBeCloseTo(Math.log(best.probability), 9);
});

test.each(cases)("decoding finds the best of all taggings, however many are about as likely: %j", (each) => {
  const { order, length, seed } = each;
  const [chain, seen] = [randomChain(order, seed), randomSentence(length, seed + 50)];
  const found = decoder(chain, "viterbi")(seen, forwardBackward(chain)(seen));
  expect([...found]).toEqual(enumerate(chain, seen)[0]?.path);
  const longer = randomSentence(60, seed + 60);
  const long = decoder(chain, "viterbi")(longer, forwardBackward(chain)(longer));
  expect(long).toEqual(viterbi(chain)(longer).path);
});

test.each(cases)("the N best taggings are the first of all in order: %j", ({ order, length, seed }) => {
  const [chain, seen] = [randomChain(order, seed), randomSentence(length, seed + 20)];
  const all = enumerate(chain, seen);
  for (const count of [1, 4, 1000]) {
    const found = bestPaths(chain, seen, count);
    expect(found.map(({ path }) => [...path])).toEqual(all.slice(0, count).map(({ path }) => path));
    for (const [i, { logScore }] of found.entries()) expect(logScore).toBeCloseTo(Math.log(all[i].probability), 9);
  }
});

test.each(cases)("likelihood and posteriors are sums over all taggings: %j", ({ order, length, seed }) => {
  const [chain, seen] = [randomChain(order, seed), randomSentence(length, seed + 30)];
  const all = enumerate(chain, seen);
  const total = all.reduce((sum, { probability }) => sum + probability, 0);
  const { logLikelihood, posteriors } = forwardBackward(chain)(seen);
  expect(logLikelihood).toBeCloseTo(Math.log(total), 9);
  for (let i = 0; i < length; i++) {
    for (let at = seen.offsets[i]; at < seen.offsets[i + 1]; at++) {
      const with_ = all.filter(({ path }) => path[i] === seen.tags[at]);
      expect(posteriors[at]).toBeCloseTo(with_.reduce((sum, { probability }) => sum + probability, 0) / total, 9);
    }
  }
});

test.each(cases)("a span's probability is that of its exact limits: %j", ({ order, length, seed }) => {
  const [chain, seen] = [randomChain(order, seed), randomSentence(length, seed + 40)];
  const all = enumerate(chain, seen);
  const total = all.reduce((sum, { probability }) => sum + probability, 0);
  const marginals = forwardBackward(chain)(seen);
  const goesOn = (tag: number): boolean => tag === 2;
  for (const { path } of all.slice(0, 5)) {
    for (let start = 0; start < length; start++) {
      for (let end = start + 1; end <= length; end++) {
        const here = all.filter(
          (each) =>
            path.slice(start, end).every((tag, i) => each.path[start + i] === tag) &&
            (end === length || !goesOn(each.path[end])),
        );
        const expected = here.reduce((sum, { probability }) => sum + probability, 0) / total;
        const found = spanProbability(chain, seen, marginals, { start, end, tags: path, goesOn });
        expect(found).toBeCloseTo(expected, 9);
      }
    }
  }
});

test("memory used again changes no answer", () => {
  const chain = randomChain(2, 7);
  const [best, marginals] = [viterbi(chain), forwardBackward(chain)];
  for (const length of [3, 40, 1, 0, 12]) {
    const seen = randomSentence(length, length);
    expect(best(seen)).toEqual(viterbi(chain)(seen));
    const again = marginals(seen).posteriors.slice(0, seen.offsets[length]);
    expect(again).toEqual(forwardBackward(chain)(seen).posteriors.slice(0, seen.offsets[length]));
  }
});

test("a sentence of ten thousand tokens neither underflows nor overflows", () => {
  const chain = randomChain(2, 8);
  const seen = randomSentence(10_000, 8);
  const { logLikelihood } = forwardBackward(chain)(seen);
  const { path, logScore } = viterbi(chain)(seen);
  expect(logLikelihood).toBeLessThan(-1000);
  expect(logScore).toBeLessThan(logLikelihood);
  expect(logScore).toBeCloseTo(scoreOfPath(chain, seen, path), 6);
});

test("what cannot be has no probability, and no figure is not a number", () => {
  const chain = openTagChain(1, 1, Float64Array.of(1, 0, 1, 0));
  const seen = {
    length: 1,
    offsets: Uint32Array.of(0, 1),
    tags: Uint8Array.of(0),
    probabilities: Float64Array.of(0.5),
  };
  expect(bestPaths(chain, seen, 3)).toEqual([]);
  expect(forwardBackward(chain)(seen).logLikelihood).toBe(Number.NEGATIVE_INFINITY);
  expect(forwardBackward(chain)(seen).posteriors[0]).toBe(0);
});
