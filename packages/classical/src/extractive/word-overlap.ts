import { countWords } from "./weighted-words.js";

/** F1 of two lists of words as bags, from 0 to 1: ROUGE-1 of them (Lin 2004); of their pairs of words, ROUGE-2. */
export function overlapF1(given: readonly string[], wanted: readonly string[]): number {
  const left = countWords(wanted);
  let common = 0;
  for (const word of given) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common++;
  }
  return common === 0 ? 0 : (2 * common) / (given.length + wanted.length);
}

/** Each two words that follow each other, as one. */
export function pairsOf(words: readonly string[]): string[] {
  return words.slice(1).map((word, i) => `${words[i]} ${word}`);
}
