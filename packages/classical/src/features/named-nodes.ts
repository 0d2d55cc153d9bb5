import { counting } from "../counting.js";
import { type RadixSort, radixSorter } from "./radix-sort.js";
import { inOrder, type Runs } from "./runs-in-order.js";
import { characterRoot } from "./term-trie.js";
import type { TokenTable } from "./token-table.js";
import { putUnits } from "./utf8.js";
import type { Vocabulary } from "./vocabulary.js";

/** The nodes of a vocabulary in the order of their terms, which neither the order of texts nor of words changes. */
export interface NamedNodes {
  /**
   * Words before runs of characters, shorter runs before longer ones, then by symbol after symbol: so those that lengthen
   * the same run lie side by side, and those of neighbours after each other.
   */
  readonly nodes: Int32Array;
  /** How many of them are words. */
  readonly words: number;
  /** The tokens in UTF-8, and their numbers in the order of its bytes, by which they come. */
  readonly tokens: Runs;
  readonly tokenOrder: Int32Array;
}

export function nodesByName(
  { tokens, trie: { nodes, size } }: Pick<Vocabulary, "tokens" | "trie">,
  sort: RadixSort = radixSorter(),
): NamedNodes {
  const bytes = inUtf8(tokens);
  const tokenOrder = inOrder(bytes);
  const depth = depthsOf(nodes, size);
  const bySymbol = sort(counting(Int32Array, size), symbolRanks(tokenOrder, nodes, depth));
  const byDepth = sort(bySymbol, depth);
  const named = new Int32Array(size);
  const rank = new Int32Array(size);
  const parentRank = new Int32Array(size);
  let words = 0;
  for (let start = 0; start < size; ) {
    let end = start;
    for (; end < size && depth[byDepth[end]] === depth[byDepth[start]]; end++) {
      const parent = nodes[2 * byDepth[end]];
      parentRank[byDepth[end]] = parent < 0 ? 0 : rank[parent];
    }
    named.set(sort(byDepth.subarray(start, end), parentRank), start);
    for (let place = start; place < end; place++) rank[named[place]] = place;
    if (depth[named[start]] <= characterDepth) words = end;
    start = end;
  }
  return { nodes: named, words, tokens: bytes, tokenOrder };
}

/** Runs of one character count as deep as this: behind words of any number. */
const characterDepth = 64;

/** How many symbols each node has, and `characterDepth` more where they are characters. */
function depthsOf(nodes: Int32Array, size: number): Int32Array {
  const depth = new Int32Array(size);
  for (let node = 0; node < size; node++) {
    let symbols = 0;
    let at = node;
    for (; at >= 0; at = nodes[2 * at]) symbols++;
    depth[node] = at === characterRoot ? characterDepth + symbols : symbols;
  }
  return depth;
}

/** What orders the last symbols of nodes: code points as they are, tokens by their place. */
function symbolRanks(tokenOrder: Int32Array, nodes: Int32Array, depth: Int32Array): Int32Array {
  const placeOf = new Int32Array(tokenOrder.length);
  for (let place = 0; place < tokenOrder.length; place++) placeOf[tokenOrder[place]] = place;
  const ranks = new Int32Array(depth.length);
  for (let node = 0; node < ranks.length; node++) {
    const symbol = nodes[2 * node + 1];
    ranks[node] = depth[node] > characterDepth ? symbol : placeOf[symbol];
  }
  return ranks;
}

function inUtf8({ units, starts, size }: TokenTable): Runs {
  const bytes = new Uint8Array(3 * starts[size]);
  const byteStarts = new Int32Array(size + 1);
  for (let token = 0; token < size; token++)
    byteStarts[token + 1] = putUnits(bytes, byteStarts[token], units, starts[token], starts[token + 1]);
  return { bytes, starts: byteStarts, size };
}
