import { terms } from "./terms.js";
import type { TextLearning } from "./text-features.js";

/** The terms of a collection by document frequency, the most frequent first; ties by code units, so that order does not matter. */
export function learnVocabulary(
  texts: readonly string[],
  options: Pick<TextLearning, "ngrams" | "withoutAddresses" | "minimumDocuments" | "maximumFeatures">,
): string[] {
  const documents = new Map<string, number>();
  for (const text of texts) {
    const found = new Set(terms(text, options).terms.map(({ term }) => term));
    for (const term of found) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  return [...documents]
    .filter(([, count]) => count >= options.minimumDocuments)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, options.maximumFeatures)
    .map(([term]) => term);
}
