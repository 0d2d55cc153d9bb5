/** Symbol that begins every sequence; it is read as context and never predicted. */
export const startSymbol = 0;
/** Symbol that ends every sequence. */
export const endSymbol = 1;

/**
 * N-grams of symbols as a tree in flat arrays, level by level: node `s` below `symbols` is the 1-gram of symbol `s`,
 * and the children of a node, sorted by symbol, follow those of the node before it. Plain data.
 */
export interface NgramTable {
  /** Start and end included. */
  readonly symbols: number;
  /** Last symbol of each n-gram, for those of two symbols and more. */
  readonly ids: Uint32Array;
  /** Of each n-gram: how often it was seen at the highest order and after the start, else how many symbols precede it. */
  readonly counts: Uint32Array;
  /** How many n-grams continue each n-gram, for all but the highest order. */
  readonly children: Uint32Array;
  /** What is taken from each count, an order each, from 1-grams up. */
  readonly discounts: readonly number[];
}

/** Where children lie: those of node `n` are the nodes from `firstChild[n]` to before `firstChild[n + 1]`. */
export function firstChildren(symbols: number, children: Uint32Array): Uint32Array {
  const first = new Uint32Array(children.length + 1);
  first[0] = symbols;
  for (let node = 0; node < children.length; node++) first[node + 1] = first[node] + children[node];
  return first;
}

interface Tree {
  readonly symbols: number;
  readonly ids: Uint32Array;
  readonly firstChild: Uint32Array;
}

/** The child of a node that ends in the symbol, or -1. */
export function childOf({ symbols, ids, firstChild }: Tree, node: number, symbol: number): number {
  if (node + 1 >= firstChild.length) return -1;
  let low = firstChild[node];
  let high = firstChild[node + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle - symbols] < symbol) low = middle + 1;
    else high = middle;
  }
  return low < firstChild[node + 1] && ids[low - symbols] === symbol ? low : -1;
}

/** The node of the symbols from `from` to before `to` (one at least), or -1. */
export function nodeOf(tree: Tree, sequence: ArrayLike<number>, from: number, to: number): number {
  let node = sequence[from];
  for (let i = from + 1; i < to && node >= 0; i++) node = childOf(tree, node, sequence[i]);
  return node;
}
