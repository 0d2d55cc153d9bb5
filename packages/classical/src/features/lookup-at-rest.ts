import { absent } from "./hash-slots.js";
import { findNumber, numberAt } from "./packed-numbers.js";
import { findSorted } from "./sorted-tokens.js";
import { findLonger, type SortedTrie } from "./sorted-trie.js";
import type { RunLookup, TermLookup } from "./term-lookup.js";
import { tokenTable } from "./token-table.js";
import { putUnits } from "./utf8.js";
import type { SortedVocabulary } from "./vocabulary-bytes.js";

/** Finds the terms of a vocabulary as it lies in a file, by their columns. */
export function lookupAtRest({ columns, tokens: sorted, words, codePoints, runs }: SortedVocabulary): TermLookup {
  // Holds one token; none is ever added.
  const tokens = tokenTable(16);
  let bytes = new Uint8Array(256);
  const placeOf = (codePoint: number): number => findNumber(codePoints, codePoint, 0, codePoints.length);
  return {
    tokens,
    findAsked() {
      const { units, askedStart, askedLength } = tokens;
      if (bytes.length < 3 * askedLength) bytes = new Uint8Array(6 * askedLength);
      return findSorted(sorted, bytes, putUnits(bytes, 0, units, askedStart, askedStart + askedLength));
    },
    words: runLookup(words, columns, (token) => token),
    characters: runLookup(runs, columns, placeOf),
  };
}

/** Runs are told by their places. */
function runLookup(trie: SortedTrie, columns: number, symbolOf: (symbol: number) => number): RunLookup {
  return {
    single: symbolOf,
    longer(place, symbol) {
      const known = symbolOf(symbol);
      return known === absent ? absent : findLonger(trie, place, known);
    },
    idOf(place) {
      const number = numberAt(trie.numbers, place);
      return number < columns ? number : absent;
    },
  };
}
