import { type GrowingTree, growTree, sentenceEnd, sentenceStart } from "./ngram-tree.js";

/** Counted n-grams, as modified Kneser-Ney smoothing wants them. */
export interface NgramTally {
  readonly order: number;
  readonly tree: GrowingTree;
  /** By node: times seen at the highest order and after the start of a sentence; else how many words precede it. */
  readonly counts: Uint32Array;
  /** By node: the n-gram without its first word; 0 for unigrams. */
  readonly suffixes: Uint32Array;
}

/**
 * Counts the n-grams of sentences up to `order` words, with one start and one end for each sentence.
 * Reading each sentence from its end, the n-gram without its first word is known before the n-gram itself.
 * @param sentences symbols of words, without start and end
 * @param words how many symbols there are, the three special ones included
 */
export function tallyNgrams(sentences: Iterable<ArrayLike<number>>, words: number, order: number): NgramTally {
  const tree = growTree(words);
  let counts = new Uint32Array(words * 4);
  let suffixes = new Uint32Array(words * 4);
  let path = new Uint32Array(order);
  let later = new Uint32Array(order);
  for (const sentence of sentences) {
    const last = sentence.length + 1;
    for (let start = last; start >= 0; start--) {
      const first = start === last ? sentenceEnd : start === 0 ? sentenceStart : sentence[start - 1];
      const longest = Math.min(order, last - start + 1);
      path[0] = first;
      if (order === 1 && start > 0) counts[first]++;
      for (let k = 1; k < longest; k++) {
        const symbol = start + k === last ? sentenceEnd : sentence[start + k - 1];
        const before = tree.size;
        const node = tree.add(path[k - 1], symbol);
        path[k] = node;
        if (node === before) {
          if (node >= counts.length) {
            counts = doubled(counts);
            suffixes = doubled(suffixes);
          }
          suffixes[node] = later[k - 1];
          counts[later[k - 1]]++;
        }
        if (k === order - 1 || start === 0) counts[node]++;
      }
      [path, later] = [later, path];
    }
  }
  return { order, tree, counts: counts.slice(0, tree.size), suffixes: suffixes.slice(0, tree.size) };
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const twice = new Uint32Array(array.length * 2);
  twice.set(array);
  return twice;
}
