import { hashText } from "./token-features-hash.js";

/** Hashes of words known to be written in lower case: a capital on any other word says more. */
export type CommonWords = ReadonlySet<number>;

const fewest = 2;

/** The hashes of the words that stand in lower case at least twice in sentences, sorted. */
export function commonWordsOf(sentences: readonly { readonly tokens: readonly string[] }[]): Uint32Array {
  const counts = new Map<string, number>();
  for (const { tokens } of sentences) {
    for (const token of tokens) {
      if (token === token.toLowerCase()) counts.set(token, (counts.get(token) ?? 0) + 1);
    }
  }
  const common = [...counts].filter(([, count]) => count >= fewest).map(([word]) => hashText(word));
  return Uint32Array.from(new Set(common)).sort();
}
