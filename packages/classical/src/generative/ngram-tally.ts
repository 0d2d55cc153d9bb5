import { counting } from "../counting.js";
import { radixSorter } from "../features/radix-sort.js";
import { endSymbol, type NgramTree, startSymbol } from "./ngram-tree.js";

/** Counted n-grams, as modified Kneser-Ney smoothing wants them. */
export interface NgramTally {
  readonly tree: NgramTree;
  /** By node: times seen at the greatest length and after the start of a sequence; else how many symbols precede it. */
  readonly counts: Uint32Array;
  /** By node: times seen. */
  readonly occurrences: Uint32Array;
  /** By node: the n-gram without its first symbol; 0 for 1-grams. */
  readonly suffixes: Uint32Array;
}

export interface TallyOptions {
  /** How many symbols there are, the three special ones included. */
  readonly symbols: number;
  /** How many symbols an n-gram has at most. */
  readonly order: number;
  /** Called as often as `order` times and once more, to tell of progress or to throw. */
  readonly afterPass?: () => void;
}

/**
 * Counts the n-grams of sequences up to `order` symbols, with one start and one end for each sequence. Sorting the places
 * of all sequences by the symbols that follow puts every level of the tree in order at once: linear time.
 * @param sequences symbols, without start and end
 */
export function tallyNgrams(
  sequences: Iterable<ArrayLike<number>>,
  { symbols, order, afterPass = () => {} }: TallyOptions,
): NgramTally {
  const stream = streamOf(sequences, order);
  const sort = radixSorter();
  let places: Int32Array = counting(Int32Array, stream.length - order);
  for (let k = order - 1; k >= 0; k--) {
    places = sort(places, stream.subarray(k));
    afterPass();
  }
  const shared = sharedWithPrevious(stream, places, order);
  const grown = growTree(stream, places, shared, levelsOf(stream, places, shared, { symbols, order }));
  const { tree, occurrences } = grown;
  const suffixes = suffixesOf(grown);
  afterPass();
  return { tree, counts: kneserNeyCounts(tree, occurrences, suffixes), occurrences, suffixes };
}

/** The sequences one after another, each from its start to its end, and room to look `order` symbols ahead. */
function streamOf(sequences: Iterable<ArrayLike<number>>, order: number): Int32Array {
  const all = Array.isArray(sequences) ? (sequences as ArrayLike<number>[]) : Array.from(sequences);
  const stream = new Int32Array(all.reduce((length, each) => length + each.length + 2, order));
  let at = 0;
  for (const sequence of all) {
    stream[at++] = startSymbol;
    for (let i = 0; i < sequence.length; i++) stream[at++] = sequence[i];
    stream[at++] = endSymbol;
  }
  return stream;
}

/** How many levels each place shares its n-gram of with the one before it; all of them where both end alike. */
function sharedWithPrevious(stream: Int32Array, places: Int32Array, order: number): Uint8Array {
  const shared = new Uint8Array(places.length);
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]];
    let k = 0;
    while (k < order && stream[a + k] === stream[b + k]) k = stream[a + k] === endSymbol ? order : k + 1;
    shared[i] = k;
  }
  return shared;
}

function levelsOf(
  stream: Int32Array,
  places: Int32Array,
  shared: Uint8Array,
  { symbols, order }: Pick<TallyOptions, "symbols" | "order">,
): Uint32Array {
  const sizes = new Uint32Array(order);
  for (let i = 0; i < places.length; i++) {
    for (let k = shared[i]; k < order; k++) {
      sizes[k]++;
      if (stream[places[i] + k] === endSymbol) break;
    }
  }
  sizes[0] = symbols;
  const levels = new Uint32Array(order + 1);
  for (let k = 0; k < order; k++) levels[k + 1] = levels[k] + sizes[k];
  return levels;
}

/** A tree with what was met of each n-gram on the way. */
interface Grown {
  readonly tree: NgramTree;
  readonly occurrences: Uint32Array;
  /** Where each n-gram was first seen. */
  readonly firstPlace: Uint32Array;
  /** places × lengths: the n-gram of each length at each place. */
  readonly nodeAt: Uint32Array;
}

function growTree(stream: Int32Array, places: Int32Array, shared: Uint8Array, levels: Uint32Array): Grown {
  const order = levels.length - 1;
  const size = levels[order];
  const symbols = new Uint32Array(size);
  for (let symbol = 0; symbol < levels[1]; symbol++) symbols[symbol] = symbol;
  const children = new Uint32Array(levels[order - 1]);
  const occurrences = new Uint32Array(size);
  const firstPlace = new Uint32Array(size);
  const nodeAt = new Uint32Array((stream.length + 1) * order);
  const next = levels.slice();
  const path = new Uint32Array(order);
  for (let i = 0; i < places.length; i++) {
    const place = places[i];
    for (let k = 0; k < order; k++) {
      const symbol = stream[place + k];
      if (k === 0) path[0] = symbol;
      else if (k >= shared[i]) {
        path[k] = next[k]++;
        symbols[path[k]] = symbol;
        firstPlace[path[k]] = place;
        children[path[k - 1]]++;
      }
      nodeAt[place * order + k] = path[k];
      occurrences[path[k]]++;
      if (symbol === endSymbol) break;
    }
  }
  return { tree: { levels, symbols, firstChild: firstChildren(levels[1], children) }, occurrences, firstPlace, nodeAt };
}

/** An n-gram without its first symbol is the one of a symbol less that begins a place later. */
function suffixesOf({ tree: { levels, symbols }, firstPlace, nodeAt }: Grown): Uint32Array {
  const order = levels.length - 1;
  const suffixes = new Uint32Array(symbols.length);
  for (let k = 1; k < order; k++) {
    for (let node = levels[k]; node < levels[k + 1]; node++)
      suffixes[node] = nodeAt[(firstPlace[node] + 1) * order + k - 1];
  }
  return suffixes;
}

/** Where the children of each node begin, given how many each has. */
export function firstChildren(symbols: number, children: Uint32Array): Uint32Array {
  const first = new Uint32Array(children.length + 1);
  first[0] = symbols;
  for (let node = 0; node < children.length; node++) first[node + 1] = first[node] + children[node];
  return first;
}

/** Below the greatest length an n-gram counts once for each symbol before it; after the start, where none is, as seen. */
function kneserNeyCounts(tree: NgramTree, occurrences: Uint32Array, suffixes: Uint32Array): Uint32Array {
  const { levels, firstChild } = tree;
  const order = levels.length - 1;
  const counts = new Uint32Array(occurrences.length);
  for (let node = levels[1]; node < counts.length; node++) counts[suffixes[node]]++;
  counts.set(occurrences.subarray(levels[order - 1]), levels[order - 1]);
  let [from, to] = [startSymbol, startSymbol + 1];
  for (let k = 1; k < order; k++) {
    [from, to] = [firstChild[from], firstChild[to]];
    counts.set(occurrences.subarray(from, to), from);
  }
  counts[startSymbol] = 0;
  return counts;
}
