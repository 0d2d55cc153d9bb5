import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import type { Progress, TrainingSignal } from "../learner.js";
import { mergeClasses, pathsOf } from "./class-tree.js";
import { frequentWordsApart, openExchange, type WordClasses } from "./exchange-words.js";
import { countBigrams, type WordBigrams } from "./word-bigrams.js";

/** Words in clusters, and the clusters as leaves of a binary tree. */
export interface WordClusters {
  readonly words: readonly string[];
  /** The number of each word's cluster. */
  readonly clusterOf: Uint16Array;
  /** Of each cluster the way from the root, such as "0110": the longer two of them agree, the more alike they are. */
  readonly paths: readonly string[];
}

/** How clusters of words are learned. */
export interface ClusterOptions {
  /** How many clusters, at most 10,000; fewer where there are fewer words. */
  readonly clusters: number;
  /** Rarer words have no cluster. Default 2. */
  readonly minimumCount?: number;
  /** Passes over the words, at most; it ends once no word moves. Default 10; the first few are for the beginning. */
  readonly iterations?: number;
  readonly signal?: TrainingSignal | undefined;
  readonly onProgress?: (progress: Progress) => void;
}

const mostClusters = 10_000;
const wordsBetweenChecks = 100;
/** So many times as many classes to begin with, and so many passes over the words with them. */
const beginsWith = 1.5;
const passesBefore = 3;

/**
 * Clusters of words that stand beside the same words: those of the greatest mutual information between a token's cluster
 * and the next one's, as Brown et al. (1992) have it. Words are exchanged between clusters until none gains (Kneser and Ney
 * 1993), which finds better clusters than merging alone, beginning from half as many more, of which those are merged that
 * lose least; the clusters are then merged two by two into a tree. Nothing is drawn at random: the same sentences give the
 * same clusters.
 * @throws {BifocalError} `invalid-input` where no word is frequent enough, `aborted`.
 * @example learnClusters(sentences.map(({ tokens }) => tokens), { clusters: 200 }).paths
 */
export function learnClusters(
  sentences: Iterable<readonly string[]>,
  { clusters, minimumCount = 2, iterations = 10, signal, onProgress }: ClusterOptions,
): WordClusters {
  throwIfAborted(signal);
  const bigrams = countBigrams(sentences, minimumCount);
  const words = bigrams.words.length;
  const count = Math.min(clusters, mostClusters, words);
  if (count < 1)
    throw new BifocalError("invalid-input", `No word stands ${minimumCount} times, so there is nothing to cluster.`);
  let done = 0;
  /** Moves every word, so many times at most, or until none moves. */
  const exchange = (classes: WordClasses, passes: number): WordClasses => {
    for (let pass = 0, moved = words; pass < passes && moved > 0; pass++) {
      moved = moveAll(classes, words, signal);
      onProgress?.({ iteration: ++done, iterations });
    }
    return classes;
  };
  const first = Math.min(passesBefore, iterations);
  const classes = exchange(
    begin(bigrams, count, (more) => exchange(more, first)),
    iterations - first,
  );
  const merges = mergeClasses(classes.bigrams, 2);
  return { words: bigrams.words, clusterOf: classes.classOf.slice(0, words), paths: pathsOf(merges, count) };
}

/** The best of more classes, exchanged first, merged until they are so many. */
function begin(bigrams: WordBigrams, count: number, exchanged: (classes: WordClasses) => WordClasses): WordClasses {
  const words = bigrams.words.length;
  const more = Math.min(words, Math.ceil(count * beginsWith));
  const { classOf, bigrams: met } = exchanged(openExchange(bigrams, more, frequentWordsApart(bigrams, more)));
  const merged = Array.from({ length: more }, (_, i) => i);
  for (const { into, from } of mergeClasses(met, 2).slice(0, more - count))
    for (const [i, each] of merged.entries()) if (each === from) merged[i] = into;
  const numbers = new Map([...new Set(merged)].map((each, number) => [each, number]));
  const initial = Uint16Array.from(classOf.subarray(0, words), (each) => numbers.get(merged[each]) ?? 0);
  return openExchange(bigrams, count, initial);
}

/** Moves each word once; how many changed their cluster. */
function moveAll(classes: WordClasses, words: number, signal: TrainingSignal | undefined): number {
  let moved = 0;
  for (let word = 0; word < words; word++) {
    if (word % wordsBetweenChecks === 0) throwIfAborted(signal);
    moved += Number(classes.move(word));
  }
  return moved;
}
