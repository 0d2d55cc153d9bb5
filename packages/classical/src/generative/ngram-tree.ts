/** Stands for whatever is not in the vocabulary; symbol 0, as in KenLM. */
export const unknownSymbol = 0;
/** Begins every sequence; it is read as context and never predicted. */
export const startSymbol = 1;
/** Ends every sequence. */
export const endSymbol = 2;
/** The first symbol that stands for something of a text. */
export const firstOwnSymbol = 3;

/**
 * N-grams of symbols as a tree in flat arrays, level by level: the 1-gram of a symbol is the node of that number, and the
 * children of a node, sorted by symbol, follow those of the node before it. Plain data.
 */
export interface NgramTree {
  /** Where each length begins: the n-grams of k + 1 symbols are the nodes from `levels[k]` to before `levels[k + 1]`. */
  readonly levels: Uint32Array;
  /** The last symbol of each n-gram. */
  readonly symbols: Uint32Array;
  /** The children of node `n`, unless it is of the greatest length, are from `firstChild[n]` to before `firstChild[n + 1]`. */
  readonly firstChild: Uint32Array;
}

/** How many symbols the longest n-grams may have. */
export function orderOf({ levels }: NgramTree): number {
  return levels.length - 1;
}

/** The child of a node that ends in the symbol, or -1. */
export function childOf({ symbols, firstChild }: NgramTree, node: number, symbol: number): number {
  if (node + 1 >= firstChild.length) return -1;
  let low = firstChild[node];
  const end = firstChild[node + 1];
  for (let high = end; low < high; ) {
    const middle = (low + high) >>> 1;
    if (symbols[middle] < symbol) low = middle + 1;
    else high = middle;
  }
  return low < end && symbols[low] === symbol ? low : -1;
}

/** The longest n-gram of the tree that ends each one and is shorter; 0 for 1-grams. */
export function longestSuffixes(tree: NgramTree): Uint32Array {
  const { levels, symbols, firstChild } = tree;
  const suffixes = new Uint32Array(symbols.length);
  for (let parent = 0; parent + 1 < firstChild.length; parent++) {
    for (let node = firstChild[parent]; node < firstChild[parent + 1]; node++) {
      let context = parent;
      let found = -1;
      while (found < 0 && context >= levels[1]) {
        context = suffixes[context];
        found = childOf(tree, context, symbols[node]);
      }
      suffixes[node] = found < 0 ? symbols[node] : found;
    }
  }
  return suffixes;
}
