import { firstOwnSymbol, unknownSymbol } from "./ngram-tree.js";

/** The units of some texts that a model knows, and those whose spellings stand for what it does not know. */
export interface Vocabulary {
  /** By symbol, from the first own one on: the most frequent first, then in code unit order. */
  readonly known: readonly string[];
  /** What is not known, and what was seen once. */
  readonly rare: readonly string[];
}

/** Knows what stands in the texts often enough; a unit with half a character in it never. */
export function chooseVocabulary(texts: Iterable<readonly string[]>, minimumCount: number): Vocabulary {
  const counts = new Map<string, number>();
  for (const units of texts) for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const isKnown = ([unit, count]: [string, number]): boolean => count >= minimumCount && !/\p{Cs}/u.test(unit);
  const inOrder = [...counts].filter(isKnown).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rare = [...counts].filter((each) => each[1] === 1 || !isKnown(each));
  return { known: inOrder.map(([unit]) => unit), rare: rare.map(([unit]) => unit) };
}

/** How many symbols there are with such a vocabulary. */
export function symbolCount(known: readonly string[]): number {
  return known.length + firstOwnSymbol;
}

/** Gives units as symbols, without start and end. */
export function encoder(known: readonly string[]): (units: readonly string[]) => Uint32Array {
  const symbolOf = new Map(known.map((unit, i) => [unit, i + firstOwnSymbol]));
  return (units) => {
    const symbols = new Uint32Array(units.length);
    for (let i = 0; i < units.length; i++) symbols[i] = symbolOf.get(units[i]) ?? unknownSymbol;
    return symbols;
  };
}
