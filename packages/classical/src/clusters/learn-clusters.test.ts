import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { type ClassBigrams, worthOf } from "./class-bigrams.js";
import { mergeClasses, pathsOf } from "./class-tree.js";
import { frequentWordsApart, openExchange } from "./exchange-words.js";
import { learnClusters } from "./learn-clusters.js";
import { countBigrams, type WordBigrams } from "./word-bigrams.js";

/** Sentences of words that follow each other more or less as their letters do. */
function randomSentences(count: number, seed: number): string[][] {
  const random = seededRandom(seed);
  const words = [..."abcdefgh"];
  return Array.from({ length: count }, () => {
    let at = Math.floor(random() * words.length);
    return Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
      at = (at + 1 + Math.floor(random() * random() * 6)) % words.length;
      return words[at];
    });
  });
}

/** T · I(class; class after) by its definition, from the tokens in their order. */
function information(sentences: readonly (readonly string[])[], classOf: (word: string) => number): number {
  const tokens = [-1, ...sentences.flatMap((sentence) => [...sentence.map(classOf), -1])];
  const [pairs, lefts, rights] = [new Map<string, number>(), new Map<number, number>(), new Map<number, number>()];
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  for (let i = 1; i < tokens.length; i++) {
    add(pairs, `${tokens[i - 1]} ${tokens[i]}`);
    add(lefts, tokens[i - 1]);
    add(rights, tokens[i]);
  }
  const total = tokens.length - 1;
  return [...pairs].reduce((sum, [pair, count]) => {
    const [left, right] = pair.split(" ").map(Number);
    return sum + count * Math.log((count * total) / ((lefts.get(left) ?? 0) * (rights.get(right) ?? 0)));
  }, 0);
}

const informationOf = (sentences: readonly (readonly string[])[], { words }: WordBigrams, classOf: Uint16Array) =>
  information(sentences, (word) => classOf[words.indexOf(word)]);

/** What classes are worth differs from their information by T · ln T, whatever the classes. */
const constantOf = ({ counts }: WordBigrams): number => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total * Math.log(total);
};

const seeds = [1, 2, 3, 4, 5];

test.each(seeds)("moving words keeps count of the classes' mutual information, which never falls (seed %i)", (seed) => {
  const sentences = randomSentences(40, seed);
  const bigrams = countBigrams(sentences, 1);
  const classes = openExchange(bigrams, 3, frequentWordsApart(bigrams, 3));
  let before = Number.NEGATIVE_INFINITY;
  for (let pass = 0; pass < 5; pass++) {
    for (let word = 0; word < bigrams.words.length; word++) {
      classes.move(word);
      if (pass === 0) continue;
      const found = worthOf(classes.bigrams) + constantOf(bigrams);
      expect(found).toBeCloseTo(informationOf(sentences, bigrams, classes.classOf), 8);
      expect(found).toBeGreaterThan(before - 1e-9);
      before = found;
    }
  }
});

test.each(seeds)("in the end no word is worth more in another cluster (seed %i)", (seed) => {
  const sentences = randomSentences(40, seed);
  const bigrams = countBigrams(sentences, 1);
  const { words, clusterOf } = learnClusters(sentences, { clusters: 3, minimumCount: 1, iterations: 100 });
  const reached = informationOf(sentences, bigrams, clusterOf);
  for (const word of words.keys())
    for (const cluster of [0, 1, 2]) {
      const other = clusterOf.slice();
      other[word] = cluster;
      expect(informationOf(sentences, bigrams, other)).toBeLessThan(reached + 1e-9);
    }
});

test.each(seeds)("each merger loses the least that any would (seed %i)", (seed) => {
  const sentences = randomSentences(60, seed);
  const bigrams = countBigrams(sentences, 1);
  const classes = openExchange(bigrams, bigrams.words.length, frequentWordsApart(bigrams, bigrams.words.length));
  for (let word = 0; word < bigrams.words.length; word++) classes.move(word);
  const classOf = classes.classOf.slice();
  const joined = (into: number, from: number) => classOf.map((each) => (each === from ? into : each));
  const left = new Set(classOf.subarray(0, bigrams.words.length));
  const merges = mergeClasses(classes.bigrams, 2).filter(({ into, from }) => left.has(into) && left.has(from));
  for (const { into, from } of merges) {
    const losses = [...left].flatMap((a) =>
      [...left].filter((b) => b > a).map((b) => -informationOf(sentences, bigrams, joined(a, b))),
    );
    expect(-informationOf(sentences, bigrams, joined(into, from))).toBeCloseTo(Math.min(...losses), 8);
    classOf.set(joined(into, from));
    left.delete(from);
  }
});

test("the tree's ways part where its mergers join", () => {
  const merges = [
    { into: 0, from: 2 },
    { into: 1, from: 3 },
    { into: 0, from: 1 },
  ];
  expect(pathsOf(merges, 4)).toEqual(["00", "10", "01", "11"]);
  const none: ClassBigrams = {
    classes: 1,
    counts: Float64Array.of(3),
    turned: Float64Array.of(3),
    totals: Float64Array.of(3),
  };
  expect(mergeClasses(none, 0)).toEqual([]);
});

test("words that stand in the same places are in one cluster", () => {
  const random = seededRandom(7);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)];
  const groups = [
    ["Ada", "Grace", "Emmy"],
    ["saw", "met", "liked"],
    ["Rome", "Turin", "York"],
    ["today", "again"],
  ];
  const sentences = Array.from({ length: 300 }, () => groups.map(pick));
  const { words, clusterOf } = learnClusters(sentences, { clusters: 4 });
  for (const group of groups) expect(new Set(group.map((word) => clusterOf[words.indexOf(word)])).size).toBe(1);
  expect(new Set(clusterOf).size).toBe(4);
});

test("rare words have no cluster, and there are no more clusters than words", () => {
  const { words, paths } = learnClusters(
    [
      ["a", "b", "a"],
      ["b", "c"],
    ],
    { clusters: 50 },
  );
  expect(words).toEqual(["a", "b"]);
  expect(paths).toEqual(["0", "1"]);
  expect(() => learnClusters([["a", "b"]], { clusters: 2 })).toThrow("nothing to cluster");
});

test("tells how far it is, and stops when aborted", () => {
  const told: number[] = [];
  const sentences = randomSentences(40, 1);
  learnClusters(sentences, { clusters: 3, onProgress: ({ iteration }) => told.push(iteration) });
  expect(told).toEqual(told.map((_, i) => i + 1));
  expect(() => learnClusters(sentences, { clusters: 3, signal: AbortSignal.abort() })).toThrow(
    expect.objectContaining({ code: "aborted" }),
  );
});
