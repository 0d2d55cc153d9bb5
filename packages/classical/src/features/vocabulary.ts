import { type TermOptions, terms } from "./terms.js";

export interface VocabularyOptions extends TermOptions {
  /** Terms in fewer texts are left out. */
  readonly minimumDocuments: number;
  /** Only the so many terms in the most texts are kept. */
  readonly maximumFeatures: number;
}

/** The terms of a collection by document frequency, the most frequent first; ties by code units, so that order does not matter. */
export function learnVocabulary(texts: readonly string[], options: VocabularyOptions): string[] {
  const documents = new Map<string, number>();
  for (const text of texts) {
    for (const term of new Set(terms(text, options).terms)) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  return [...documents]
    .filter(([, count]) => count >= options.minimumDocuments)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, options.maximumFeatures)
    .map(([term]) => term);
}

/** A text as features. */
export interface FeatureRow {
  /** Numbers of the terms that it has, ascending, each once. */
  readonly indices: Uint32Array;
  /** How many tokens were read. */
  readonly tokens: number;
}

/** Turns texts into rows: which terms of the vocabulary each has (presence, not counts: Pang et al. 2002). */
export function featureReader(vocabulary: readonly string[], options: TermOptions): (text: string) => FeatureRow {
  const numbers = new Map(vocabulary.map((term, i) => [term, i]));
  return (text) => {
    const { terms: found, tokens } = terms(text, options);
    const indices = new Set<number>();
    for (const term of found) {
      const index = numbers.get(term);
      if (index !== undefined) indices.add(index);
    }
    return { indices: Uint32Array.from(indices).sort(), tokens };
  };
}
