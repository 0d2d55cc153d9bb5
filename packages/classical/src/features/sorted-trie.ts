import { damagedVocabulary } from "./damaged-vocabulary.js";
import { absent } from "./hash-slots.js";
import { findNumber, numberAt, type PackedNumbers } from "./packed-numbers.js";

/**
 * Runs of symbols at rest, at places from 0 on: first the runs of one symbol, one of each there is, then those of two,
 * and so on; the runs that lengthen the same one lie side by side, in ascending order of their last symbol.
 */
export interface SortedTrie {
  /** How many symbols there are: the runs of one symbol lie at its number. */
  readonly alphabet: number;
  /** The number of the run at each place. */
  readonly numbers: PackedNumbers;
  /** The last symbol of each run of more than one. */
  readonly symbols: PackedNumbers;
  /** For each place but those of the longest runs where the runs begin that lengthen it; behind them, where all end. */
  readonly begins: PackedNumbers;
}

/** The place of the run at that place lengthened by a symbol, or `absent`; wherever a forged file says that such lie. */
export function findLonger({ alphabet, symbols, begins }: SortedTrie, place: number, symbol: number): number {
  if (place + 1 >= begins.length) return absent;
  const first = Math.max(0, numberAt(begins, place) - alphabet);
  const end = Math.min(symbols.length, numberAt(begins, place + 1) - alphabet);
  const found = findNumber(symbols, symbol, first, end);
  return found === absent ? absent : found + alphabet;
}

/** What a sorted trie lies as. */
export type TrieNumbers = Readonly<Record<"numbers" | "symbols" | "begins", Int32Array>>;

/** More symbols than any run has. */
const longest = 64;

/**
 * Writes the nodes by their numbers, two numbers each: its parent, which is the root where it has one symbol, and its
 * last symbol, as `symbolOf` says.
 * @throws {BifocalError} `model-damaged` where two have the same number, or they lie as `encodeVocabulary` lays out none
 */
export function readTrie(
  trie: SortedTrie,
  root: number,
  symbolOf: (symbol: number) => number,
  nodes: Int32Array,
): void {
  if (!isLaidOut(trie)) throw damagedVocabulary();
  const { alphabet, numbers, symbols, begins } = trie;
  const put = (place: number, parent: number, symbol: number): void => {
    const at = 2 * numberAt(numbers, place);
    if (at >= nodes.length || nodes[at + 1] !== absent) throw damagedVocabulary();
    nodes[at] = parent;
    nodes[at + 1] = symbolOf(symbol);
  };
  let place = 0;
  while (place < alphabet) put(place, root, place++);
  for (let parent = 0; parent + 1 < begins.length; parent++) {
    const end = numberAt(begins, parent + 1);
    const number = numberAt(numbers, parent);
    for (let before = absent; place < end; place++) {
      const symbol = numberAt(symbols, place - alphabet);
      if (symbol <= before || symbol >= alphabet) throw damagedVocabulary();
      put(place, number, symbol);
      before = symbol;
    }
  }
}

/** Whether runs follow the one that they lengthen, and are not too long: a forged file may have a circle. */
function isLaidOut({ alphabet, numbers, begins }: SortedTrie): boolean {
  const last = begins.length - 1;
  for (let place = 0, before = alphabet; place <= last; place++) {
    const begin = numberAt(begins, place);
    if (begin < before || (place < last && begin <= place)) return false;
    before = begin;
  }
  let end = numberAt(begins, 0);
  if (end !== alphabet || numberAt(begins, last) !== numbers.length) return false;
  for (let length = 1; end < numbers.length && length < longest && end <= last; length++) end = numberAt(begins, end);
  return end === numbers.length;
}
