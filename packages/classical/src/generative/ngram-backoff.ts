import { type GrowingTree, sentenceEnd, sentenceStart, unknownWord } from "./ngram-tree.js";

/** An n-gram model with backoff, as an ARPA file holds it. Logarithms to base 10. */
export interface BackoffNgrams {
  readonly order: number;
  /** By symbol; 0 to 2 are `<unk>`, `<s>` and `</s>`. */
  readonly words: readonly string[];
  readonly tree: GrowingTree;
  /** By node: log₁₀ p(last word | words before it). */
  readonly logProbabilities: Float32Array;
  /** By node: log₁₀ of what the n-gram, as a context, leaves to shorter ones. */
  readonly backoffs: Float32Array;
  /** By node: the longest n-gram of the model that ends it; 0 for unigrams. */
  readonly suffixes: Uint32Array;
}

/** How likely a sentence is. Natural logarithms, the end of the sentence included. */
export interface SentenceScore {
  readonly logProbability: number;
  /** What of it falls on unknown words. */
  readonly unknownLogProbability: number;
  /** Words and the end. */
  readonly tokens: number;
  readonly unknown: number;
}

/**
 * `log p(sentence) = Σ log p(word | words before it)`, start and end of the sentence included; where the model does not
 * hold an n-gram, `p(w | h) = backoff(h) · p(w | h without its first word)`.
 * @param sentence symbols of words, without start and end
 */
export function scoreSentence(model: BackoffNgrams, sentence: ArrayLike<number>): SentenceScore {
  const { order, tree, logProbabilities, backoffs, suffixes } = model;
  const { words } = tree;
  const lengths = tree.lengths;
  let sum = 0;
  let unknownSum = 0;
  let unknown = 0;
  let context = order === 1 ? -1 : sentenceStart;
  for (let i = 0; i <= sentence.length; i++) {
    const symbol = i === sentence.length ? sentenceEnd : sentence[i];
    let log = 0;
    let node = -1;
    while (context >= 0) {
      node = tree.find(context, symbol);
      if (node >= 0) break;
      log += backoffs[context];
      context = context < words ? -1 : suffixes[context];
    }
    if (node < 0) node = symbol;
    log += logProbabilities[node];
    sum += log;
    if (symbol === unknownWord) {
      unknown++;
      unknownSum += log;
    }
    context = lengths[node] < order ? node : order === 1 ? -1 : suffixes[node];
  }
  const natural = Math.LN10;
  return {
    logProbability: sum * natural,
    unknownLogProbability: unknownSum * natural,
    tokens: sentence.length + 1,
    unknown,
  };
}
