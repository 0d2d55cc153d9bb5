import { type Density, seededRandom, type TextGenerator } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { Iteration } from "../learner.js";
import { openModel, trainModel } from "../learners.js";
import { expect as expectation, type HiddenChain, maximize, randomChain } from "./hmm-baum-welch.js";
import { trainHmmUnsupervised } from "./hmm-unsupervised.js";

/** Every sequence of states with p(symbols, states), by the definition alone. */
function enumerate({ states, transitions, emissions }: HiddenChain, sequence: ArrayLike<number>) {
  const size = states + 1;
  let paths: { path: number[]; probability: number }[] = [{ path: [states], probability: 1 }];
  for (let i = 0; i < sequence.length; i++) {
    paths = paths.flatMap(({ path, probability }) =>
      Array.from({ length: states }, (_, state) => ({
        path: [...path, state],
        probability:
          probability * transitions[path[path.length - 1] * size + state] * emissions[sequence[i] * states + state],
      })),
    );
  }
  return paths.map(({ path, probability }) => ({
    path: [...path, states],
    probability: probability * transitions[path[path.length - 1] * size + states],
  }));
}

test("what it expects is the sum over all sequences of states", () => {
  const chain = randomChain(3, [3, 2, 1, 4], 5);
  const sequences = [Uint32Array.of(0, 1, 3, 0), Uint32Array.of(2), Uint32Array.of(3, 3, 1, 0, 0)];
  const transitions = new Float64Array(16);
  const emissions = new Float64Array(12);
  let logLikelihood = 0;
  for (const sequence of sequences) {
    const all = enumerate(chain, sequence);
    const total = all.reduce((sum, { probability }) => sum + probability, 0);
    logLikelihood += Math.log(total);
    for (const { path, probability } of all) {
      for (let i = 1; i < path.length; i++) transitions[path[i - 1] * 4 + path[i]] += probability / total;
      for (const [i, word] of sequence.entries()) emissions[word * 3 + path[i + 1]] += probability / total;
    }
  }
  const found = expectation(chain, sequences);
  expect(found.logLikelihood).toBeCloseTo(logLikelihood, 9);
  for (const [i, count] of transitions.entries()) expect(found.transitions[i]).toBeCloseTo(count, 9);
  for (const [i, count] of emissions.entries()) expect(found.emissions[i]).toBeCloseTo(count, 9);
});

test.each([1, 2, 3, 4, 5])("no step lowers the likelihood: seed %d", (seed) => {
  const random = seededRandom(seed);
  const sequences = Array.from({ length: 30 }, () =>
    Uint32Array.from({ length: 1 + Math.floor(10 * random()) }, () => Math.floor(6 * random())),
  );
  let chain = randomChain(4, [1, 2, 3, 4, 5, 6], seed);
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < 60; i++) {
    const found = expectation(chain, sequences);
    expect(found.logLikelihood).toBeGreaterThanOrEqual(before - 1e-9);
    before = found.logLikelihood;
    chain = maximize(chain, found);
  }
});

/** Sentences in which two kinds of words take turns. */
function turns(count: number, seed: number): string[][] {
  const random = seededRandom(seed);
  const kinds = [
    ["a", "e", "i", "o"],
    ["b", "c", "d", "f"],
  ];
  return Array.from({ length: count }, () =>
    Array.from({ length: 2 + Math.floor(random() * 10) }, (_, i) => kinds[i % 2][Math.floor(random() * 4)]),
  );
}

test("finds two kinds of words that take turns", async () => {
  const params = await trainHmmUnsupervised(turns(200, 1), { states: 2, iterations: 100, seed: 3 });
  const stateOf = new Map(
    params.vocabulary.map((word, i) => {
      const at = params.wordOffsets[i];
      const own = params.wordProbabilities.subarray(at, params.wordOffsets[i + 1]);
      return [word, params.wordStates[at + own.indexOf(Math.max(...own))]];
    }),
  );
  expect(new Set(["a", "e", "i", "o"].map((word) => stateOf.get(word))).size).toBe(1);
  expect(new Set(["b", "c", "d", "f"].map((word) => stateOf.get(word))).size).toBe(1);
  expect(stateOf.get("a")).not.toBe(stateOf.get("b"));
});

test("more beginnings are at least as likely, and the objective falls", async () => {
  const sequences = turns(50, 2);
  const ends: number[] = [];
  for (const restarts of [1, 6]) {
    const objectives: number[] = [];
    const afterIteration = ({ objective }: Iteration): boolean => {
      objectives.push(objective?.() ?? Number.NaN);
      return false;
    };
    await trainHmmUnsupervised(sequences, { states: 3, restarts, tolerance: 0, iterations: 40 }, { afterIteration });
    for (const [i, each] of objectives.entries()) expect(each).toBeLessThanOrEqual((objectives[i - 1] ?? each) + 1e-12);
    ends.push(objectives.at(-1) ?? Number.NaN);
  }
  expect(ends[1]).toBeLessThanOrEqual(ends[0] + 1e-6);
});

test("writes as it has read, and holds what it has read for likelier than its words in another order", async () => {
  const items = turns(200, 3).map((words) => ({ text: words.join(" ") }));
  const saved = await trainModel("hmm-unsupervised", items, { id: "turns", settings: { states: 4 } });
  const model = openModel(saved) as TextGenerator & Density;
  const [{ text }] = await model.generate(["a b e"], { seed: 1, maxNewTokens: 20 });
  expect(text).toMatch(/^( [a-f])+/);
  const [inTurn, outOfTurn, unknown] = await model.logProbability(["a b e c i d", "a e i b c d", "a b e xyz"]);
  expect(inTurn?.logProbability).toBeGreaterThan((outOfTurn?.logProbability ?? 0) + 3);
  expect(unknown?.logProbability).toBeGreaterThan(-200);
  expect(inTurn?.over).toBe("text");
});

test("refuses texts without a word", async () => {
  await expect(trainHmmUnsupervised([[]])).rejects.toMatchObject({ code: "invalid-input" });
});
