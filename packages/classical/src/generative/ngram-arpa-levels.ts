import { counting } from "../counting.js";
import { radixSorter } from "../features/radix-sort.js";
import { joinArrays } from "../join-arrays.js";
import type { BackoffNgrams } from "./ngram-backoff.js";
import { firstChildren } from "./ngram-tally.js";
import { longestSuffixes, type NgramTree } from "./ngram-tree.js";

/** log₁₀ p of an unknown word where a file has none, as in KenLM. */
const noUnknown = -100;

/** What an entry is: the node of the n-gram without its last word, that word, its numbers, and the line it stands on. */
export const entryColumns = ["context", "symbol", "logProbability", "backoff", "line"] as const;

type Entries = Readonly<Record<(typeof entryColumns)[number], Float64Array>>;

/** Entries by context and word. */
interface SortedEntries {
  readonly contexts: Int32Array;
  readonly symbols: Int32Array;
  readonly logProbabilities: Float32Array;
  readonly backoffs: Float32Array;
  /** The line of an entry whose n-gram stands before it already. */
  readonly twice: number | undefined;
}

/** The n-grams of one length, in the order of the tree. */
export interface Level {
  readonly symbols: Uint32Array;
  readonly logProbabilities: Float32Array;
  readonly backoffs: Float32Array;
  /** How many of its n-grams follow each of one symbol less. */
  readonly children: Uint32Array;
}

export function sortEntries({ context, symbol, logProbability, backoff, line }: Entries): SortedEntries {
  const [contextOf, symbolOf] = [Int32Array.from(context), Int32Array.from(symbol)];
  const sort = radixSorter();
  const order = sort(sort(counting(Int32Array, contextOf.length), symbolOf), contextOf);
  const again = order.findIndex((row, i) => {
    const before = order[i - 1];
    return i > 0 && contextOf[row] === contextOf[before] && symbolOf[row] === symbolOf[before];
  });
  return {
    contexts: order.map((row) => contextOf[row]),
    symbols: order.map((row) => symbolOf[row]),
    logProbabilities: Float32Array.from(order, (row) => logProbability[row]),
    backoffs: Float32Array.from(order, (row) => backoff[row]),
    twice: again < 0 ? undefined : line[order[again]],
  };
}

/** The words alone; special ones are there even where the file has none. */
export function unigramLevel(size: number, entries: SortedEntries): Level {
  const logProbabilities = new Float32Array(size);
  const backoffs = new Float32Array(size);
  logProbabilities.set([noUnknown, 0, noUnknown]);
  for (const [i, symbol] of entries.symbols.entries()) {
    logProbabilities[symbol] = entries.logProbabilities[i];
    backoffs[symbol] = entries.backoffs[i];
  }
  const symbols = Uint32Array.from(logProbabilities.keys());
  return { symbols, logProbabilities, backoffs, children: new Uint32Array() };
}

/** The n-grams of one word more than the longest of the tree. */
export function nextLevel({ levels }: NgramTree, entries: SortedEntries): Level {
  const [from, to] = levels.slice(-2);
  const children = new Uint32Array(to - from);
  for (const context of entries.contexts) children[context - from]++;
  const { logProbabilities, backoffs } = entries;
  return { symbols: Uint32Array.from(entries.symbols), logProbabilities, backoffs, children };
}

export function treeOf(levels: readonly Level[]): NgramTree {
  const starts = new Uint32Array(levels.length + 1);
  for (const [k, { symbols }] of levels.entries()) starts[k + 1] = starts[k] + symbols.length;
  const joined = (name: "symbols" | "children"): Uint32Array =>
    joinArrays(
      Uint32Array,
      levels.map((level) => level[name]),
    );
  return { levels: starts, symbols: joined("symbols"), firstChild: firstChildren(starts[1] ?? 0, joined("children")) };
}

export function modelOf(levels: readonly Level[]): BackoffNgrams {
  const tree = treeOf(levels);
  const joined = (name: "logProbabilities" | "backoffs", from: readonly Level[]): Float32Array =>
    joinArrays(
      Float32Array,
      from.map((level) => level[name]),
    );
  return {
    tree,
    logProbabilities: joined("logProbabilities", levels),
    backoffs: joined("backoffs", levels.slice(0, -1)),
    suffixes: longestSuffixes(tree),
  };
}
