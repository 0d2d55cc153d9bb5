import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { BackoffNgrams } from "./ngram-backoff.js";
import { estimateNgrams } from "./ngram-estimate.js";
import { type NgramForest, packForest } from "./ngram-forest.js";
import { openForest, readyToScore } from "./ngram-open-forest.js";
import { tallyNgrams } from "./ngram-tally.js";

function someModel(seed: number, symbols: number, order: number): BackoffNgrams {
  const random = seededRandom(seed);
  const sequences = Array.from({ length: 30 }, () =>
    Array.from({ length: Math.floor(random() * 8) }, () => 3 + Math.floor(random() * random() * (symbols - 3))),
  );
  return estimateNgrams(tallyNgrams(sequences, { symbols, order }));
}

const models = [someModel(1, 9, 3), someModel(2, 12, 1), someModel(3, 9, 5), someModel(4, 5, 2)];

test("packed and opened again, models of any order are the same to the bit", () => {
  const opened = openForest(packForest(models, 0), "some models").map(readyToScore);
  expect(opened).toEqual(models);
});

test("in bins they are nearly the same", () => {
  const opened = openForest(packForest(models, 8), "some models");
  for (const [i, { tree, logProbabilities, backoffs }] of opened.entries()) {
    expect(tree).toEqual(models[i].tree);
    for (const [node, log] of logProbabilities.entries())
      expect(Math.abs(log - models[i].logProbabilities[node])).toBeLessThan(0.05);
    for (const [node, log] of backoffs.entries()) expect(Math.abs(log - models[i].backoffs[node])).toBeLessThan(0.05);
  }
});

const whole = packForest(models, 8);

test.each<[string, Partial<NgramForest>]>([
  ["more children than n-grams", { children: whole.children.map((each) => each + 1) }],
  ["fewer children than contexts", { children: whole.children.subarray(1) }],
  ["fewer n-grams than children", { symbols: whole.symbols.subarray(1) }],
  ["symbols that are none", { symbols: whole.symbols.map((each) => each + 100) }],
  ["n-grams in disorder", { symbols: whole.symbols.slice().reverse() }],
  ["n-grams that stand twice", { symbols: whole.symbols.map(() => 3) }],
  ["an order of 0", { orders: [0, ...whole.orders.slice(1)] }],
  ["no order", { orders: [] }],
  ["an order that nothing has", { orders: whole.orders.map(() => 1000) }],
  ["more symbols than numbers", { alphabets: whole.alphabets.map((each) => each * 1000) }],
  ["half a symbol", { alphabets: whole.alphabets.map((each) => each + 0.5) }],
  ["probabilities above 1", { unigrams: whole.unigrams.map(() => 0.5) }],
  ["impossible words", { unigrams: whole.unigrams.map(() => Number.NEGATIVE_INFINITY) }],
  ["no numbers", { unigramBackoffs: whole.unigramBackoffs.map(() => Number.NaN) }],
  ["codes of no bin", { probabilityBins: whole.probabilityBins.subarray(0, 40) }],
  ["codes without bins", { backoffBins: new Float32Array() }],
])("%s are refused as damaged", (_, change) => {
  expect(() => openForest({ ...whole, ...change }, "x")).toThrow(expect.objectContaining({ code: "model-damaged" }));
});
