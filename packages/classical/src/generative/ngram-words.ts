import { BifocalError } from "@bifocal/contracts";
import { type BackoffNgrams, logProbabilitiesOf } from "./ngram-backoff.js";
import { checkCutoffs } from "./ngram-cutoffs.js";
import { estimateNgrams } from "./ngram-estimate.js";
import { tallyNgrams } from "./ngram-tally.js";
import { unknownSymbol } from "./ngram-tree.js";

/** The words that every model has, by symbol. */
export const specialWords: readonly string[] = ["<unk>", "<s>", "</s>"];

/** An n-gram model of words, as an ARPA file holds it. */
export interface WordNgrams extends BackoffNgrams {
  /** By symbol; 0 to 2 are `<unk>`, `<s>` and `</s>`. */
  readonly words: readonly string[];
}

/** Sentences as symbols, and the word of each symbol. */
export interface WordSymbols {
  readonly words: readonly string[];
  readonly sentences: readonly Uint32Array[];
}

/**
 * Gives each distinct word a symbol, in order of appearance, after the three special ones.
 * @throws {BifocalError} `invalid-input` where a word is `<s>`, `</s>` or `<unk>`.
 */
export function numberWords(sentences: Iterable<readonly string[]>): WordSymbols {
  const symbolOf = new Map<string, number>();
  const words = [...specialWords];
  const numbered = Array.from(sentences, (sentence) =>
    Uint32Array.from(sentence, (word) => {
      const known = symbolOf.get(word);
      if (known !== undefined) return known;
      if (specialWords.includes(word))
        throw new BifocalError("invalid-input", `${word} stands for something else in a language model. Rename it.`);
      symbolOf.set(word, words.length);
      return words.push(word) - 1;
    }),
  );
  return { words, sentences: numbered };
}

/** How n-grams of words are learned. */
/** What an n-gram model of words is learned by. */
export interface WordNgramOptions {
  /** How many words an n-gram has at most, from 1 to 7. */
  readonly order: number;
  /** Leave out n-grams that were seen so often or less: by length, words first, the last number for all longer ones; the first is 0. */
  readonly cutoffs?: readonly number[];
}

/**
 * Learns an n-gram model of sentences by interpolated modified Kneser-Ney smoothing, as KenLM's `lmplz` does, and its
 * `--prune` where there are cutoffs.
 * @throws {BifocalError} `invalid-input` for an order or cutoffs that cannot be, or a word that is `<s>`, `</s>` or `<unk>`.
 * @example
 * const model = trainBackoffNgrams([["a", "cat"], ["a", "dog"]], { order: 3 });
 */
export function trainBackoffNgrams(
  sentences: Iterable<readonly string[]>,
  { order, cutoffs }: WordNgramOptions,
): WordNgrams {
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new BifocalError("invalid-input", `The order is ${order}. Give a whole number from 1 to 7.`);
  if (cutoffs !== undefined) checkCutoffs(cutoffs);
  const numbered = numberWords(sentences);
  const tally = tallyNgrams(numbered.sentences, { symbols: numbered.words.length, order });
  return { ...estimateNgrams(tally, cutoffs), words: numbered.words };
}

/** A reader of sentences for the model: the symbol of each word, that of `<unk>` for a word it does not know. */
export function wordReader({ words }: WordNgrams): (sentence: readonly string[]) => Uint32Array {
  const symbolOf = new Map(words.map((word, symbol) => [word, symbol]));
  return (sentence) => {
    const symbols = new Uint32Array(sentence.length);
    for (let i = 0; i < symbols.length; i++) symbols[i] = symbolOf.get(sentence[i]) ?? unknownSymbol;
    return symbols;
  };
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
 * `log p(sentence) = Σ log p(word | words before it)`, start and end of the sentence included.
 * @param sentence symbols of words, without start and end
 */
export function scoreSentence(model: BackoffNgrams, sentence: ArrayLike<number>): SentenceScore {
  const logs = logProbabilitiesOf(model, sentence);
  let [sum, unknownSum, unknown] = [0, 0, 0];
  for (let i = 0; i < logs.length; i++) {
    sum += logs[i];
    if (sentence[i] !== unknownSymbol) continue;
    unknown++;
    unknownSum += logs[i];
  }
  return {
    logProbability: sum * Math.LN10,
    unknownLogProbability: unknownSum * Math.LN10,
    tokens: logs.length,
    unknown,
  };
}

/** exp(−ln p / tokens), the end of each sentence included; as KenLM's `query` prints it. */
export interface Perplexity {
  /** Unknown words as likely as `<unk>`. */
  readonly including: number;
  /** Unknown words left out. */
  readonly excluding: number;
}

/** The perplexity of a model on sentences, best of those that it was not trained on. */
export function perplexityOf(model: WordNgrams, sentences: Iterable<readonly string[]>): Perplexity {
  const read = wordReader(model);
  let [log, unknownLog, tokens, unknown] = [0, 0, 0, 0];
  for (const sentence of sentences) {
    const score = scoreSentence(model, read(sentence));
    log += score.logProbability;
    unknownLog += score.unknownLogProbability;
    tokens += score.tokens;
    unknown += score.unknown;
  }
  return { including: Math.exp(-log / tokens), excluding: Math.exp((unknownLog - log) / (tokens - unknown)) };
}
