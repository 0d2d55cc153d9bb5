import { createRequire } from "node:module";
import { wordsOf } from "../lexical/words.js";

let stopWords: ReadonlySet<string> | undefined;

/** natural's English stop words, read from their own file when first asked for. */
function englishStopWords(): ReadonlySet<string> {
  if (stopWords !== undefined) return stopWords;
  const { words }: { words: readonly string[] } = createRequire(import.meta.url)(
    "natural/lib/natural/util/stopwords.js",
  );
  stopWords = new Set(words);
  return stopWords;
}

/** The words of an English sentence that carry its content. */
export function contentWords(sentence: string): string[] {
  return withoutStopWords(wordsOf(sentence));
}

/** Those of an English sentence's words that carry its content. */
export function withoutStopWords(words: readonly string[]): string[] {
  const stop = englishStopWords();
  return words.filter((word) => !stop.has(word));
}

/**
 * How alike sentences are, as a symmetric matrix (sentences × sentences, row by row) with zeros on its diagonal: the
 * number of different words that two share over ln(1 + |a|) + ln(1 + |b|), where |a| counts the words of a.
 * Mihalcea & Tarau 2004, equation 3, with 1 added so that sentences of one word do not divide by zero.
 */
export function sentenceSimilarity(sentences: readonly (readonly string[])[]): Float64Array {
  const size = sentences.length;
  const similarity = new Float64Array(size * size);
  for (const holders of holdersOfWords(sentences)) countPairs(similarity, size, holders);
  const lengths = Float64Array.from(sentences, (words) => Math.log1p(words.length));
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const at = a * size + b;
      if (similarity[at] > 0) similarity[at] /= lengths[a] + lengths[b];
    }
  }
  return similarity;
}

function countPairs(counts: Float64Array, size: number, holders: readonly number[]): void {
  for (const a of holders) {
    for (const b of holders) if (a !== b) counts[a * size + b] += 1;
  }
}

/** For each word, the sentences that have it. */
function holdersOfWords(sentences: readonly (readonly string[])[]): Iterable<number[]> {
  const holders = new Map<string, number[]>();
  for (const [i, words] of sentences.entries()) {
    for (const word of new Set(words)) {
      const known = holders.get(word);
      if (known === undefined) holders.set(word, [i]);
      else known.push(i);
    }
  }
  return holders.values();
}
