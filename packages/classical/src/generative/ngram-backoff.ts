import { endSymbol, type NgramTree, startSymbol } from "./ngram-tree.js";

/** An n-gram model with backoff over symbols. Logarithms to base 10, as ARPA files have them. */
export interface BackoffNgrams {
  readonly tree: NgramTree;
  /** By node: log₁₀ p(last symbol | symbols before it). */
  readonly logProbabilities: Float32Array;
  /** By node, but for those of the greatest length: log₁₀ of what the n-gram, as a context, leaves to shorter ones. */
  readonly backoffs: Float32Array;
  /** By node: the longest n-gram of the model that ends it and is shorter; 0 for 1-grams. */
  readonly suffixes: Uint32Array;
}

/**
 * log₁₀ p(symbol | symbols before it) of each symbol of a sequence, and of its end; where the model does not hold an n-gram,
 * `p(w | h) = backoff(h) · p(w | h without its first symbol)`.
 * @param sequence without start and end
 * @returns one number more than symbols
 */
export function logProbabilitiesOf(model: BackoffNgrams, sequence: ArrayLike<number>): Float64Array {
  const { tree, logProbabilities, backoffs, suffixes } = model;
  const { levels, symbols, firstChild } = tree;
  const unigrams = levels[1];
  const longest = levels[levels.length - 2];
  const logs = new Float64Array(sequence.length + 1);
  let context = longest === 0 ? -1 : startSymbol;
  for (let i = 0; i <= sequence.length; i++) {
    const symbol = i === sequence.length ? endSymbol : sequence[i];
    let log = 0;
    let node = symbol;
    while (context >= 0) {
      // `childOf`, written out: this is all that scoring does.
      let low = firstChild[context];
      const end = firstChild[context + 1];
      for (let high = end; low < high; ) {
        const middle = (low + high) >>> 1;
        if (symbols[middle] < symbol) low = middle + 1;
        else high = middle;
      }
      if (low < end && symbols[low] === symbol) {
        node = low;
        break;
      }
      log += backoffs[context];
      context = context < unigrams ? -1 : suffixes[context];
    }
    // Rounded backoffs may lift what is nearly certain a hair above 1.
    logs[i] = Math.min(0, log + logProbabilities[node]);
    context = node < longest ? node : longest === 0 ? -1 : suffixes[node];
  }
  return logs;
}
