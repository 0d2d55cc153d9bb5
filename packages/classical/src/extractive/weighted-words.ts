/** The weight of each word of a sentence; a unit vector, or none of it where the sentence has no words. */
export type WeightedWords = ReadonlyMap<string, number>;

/**
 * Sentences as unit vectors of tf · idf, with idf = ln(1 + n / n_w) of a word in n_w of the n sentences: above 0 even for
 * a word that stands in all of them.
 */
export function weightWords(sentences: readonly (readonly string[])[]): WeightedWords[] {
  const counts = sentences.map(countWords);
  const holders = new Map<string, number>();
  for (const each of counts) for (const word of each.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  return counts.map((each) => {
    const weights = new Map<string, number>();
    let squares = 0;
    for (const [word, count] of each) {
      const weight = count * Math.log1p(sentences.length / (holders.get(word) ?? 1));
      weights.set(word, weight);
      squares += weight * weight;
    }
    for (const [word, weight] of weights) weights.set(word, weight / Math.sqrt(squares));
    return weights;
  });
}

/** How often each word stands in a list. */
export function countWords(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Σ a_w · b_w: of unit vectors, their cosine. */
export function dotOfWords(a: WeightedWords, b: WeightedWords): number {
  let sum = 0;
  for (const [word, weight] of a) sum += weight * (b.get(word) ?? 0);
  return sum;
}
