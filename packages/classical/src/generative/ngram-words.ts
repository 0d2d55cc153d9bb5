import { BifocalError } from "@bifocal/contracts";
import type { BackoffNgrams } from "./ngram-backoff.js";
import { estimateNgrams } from "./ngram-estimate.js";
import { tallyNgrams } from "./ngram-tally.js";
import { unknownWord } from "./ngram-tree.js";

/** The symbols that every model has, by symbol. */
const special = ["<unk>", "<s>", "</s>"];

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
  const words = [...special];
  const numbered = Array.from(sentences, (sentence) =>
    Uint32Array.from(sentence, (word) => {
      const known = symbolOf.get(word);
      if (known !== undefined) return known;
      if (special.includes(word))
        throw new BifocalError("invalid-input", `${word} stands for something else in a language model. Rename it.`);
      symbolOf.set(word, words.length);
      return words.push(word) - 1;
    }),
  );
  return { words, sentences: numbered };
}

/**
 * Learns an n-gram model of sentences by interpolated modified Kneser-Ney smoothing, as KenLM's `lmplz` does.
 * @param order how many words an n-gram has at most, from 1 to 7
 * @example
 * const model = trainBackoffNgrams([["a", "cat"], ["a", "dog"]], 3);
 */
export function trainBackoffNgrams(sentences: Iterable<readonly string[]>, order: number): BackoffNgrams {
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new BifocalError("invalid-input", `The order is ${order}. Give a whole number from 1 to 7.`);
  const numbered = numberWords(sentences);
  return estimateNgrams(tallyNgrams(numbered.sentences, numbered.words.length, order), numbered.words);
}

/** A reader of sentences for the model: the symbol of each word, that of `<unk>` for a word it does not know. */
export function wordReader({ words }: BackoffNgrams): (sentence: readonly string[]) => Uint32Array {
  const symbolOf = new Map(words.map((word, symbol) => [word, symbol]));
  return (sentence) => Uint32Array.from(sentence, (word) => symbolOf.get(word) ?? unknownWord);
}
