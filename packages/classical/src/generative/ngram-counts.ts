import { endSymbol, firstChildren, type NgramTable, nodeOf, startSymbol } from "./ngram-table.js";

/** The nodes of one order while they are collected; `at` is where in the stream each was first seen. */
interface Level {
  readonly ids: Uint32Array;
  readonly seen: Uint32Array;
  readonly children: Uint32Array;
  readonly at: Uint32Array;
  size: number;
}

/**
 * Counts the n-grams of sequences for Kneser-Ney smoothing, orders 1 to `order`. Each sequence begins with the start
 * symbol and ends with the end symbol; symbols are below `symbols`. Chen & Goodman 1998, section 4.1.6.
 */
export function countNgrams(sequences: readonly (readonly number[])[], symbols: number, order: number): NgramTable {
  const stream = Uint32Array.from(sequences.flat());
  const levels = collectLevels(stream, symbols, order);
  const ids = concatenate(levels.slice(1).map(({ ids, size }) => ids.subarray(0, size)));
  const children = concatenate(levels.slice(0, -1).map((level) => level.children.subarray(0, level.size)));
  const perLevel = kneserNeyCounts(stream, levels, { symbols, ids, firstChild: firstChildren(symbols, children) });
  return { symbols, ids, counts: concatenate(perLevel), children, discounts: perLevel.map(discountOf) };
}

/** Sorting the positions by the symbols that follow puts every tree level in order at once. */
function collectLevels(stream: Uint32Array, symbols: number, order: number): Level[] {
  const levels = Array.from({ length: order }, (_, k) => emptyLevel(k === 0 ? symbols : stream.length));
  levels[0].size = symbols;
  const path = new Uint32Array(order);
  let previous = -1;
  for (const position of sortedPositions(stream, order)) {
    const shared = previous < 0 ? 0 : sharedSymbols(stream, previous, position, order);
    for (let k = 0; k < order; k++) {
      const symbol = stream[position + k];
      if (k === 0) path[0] = symbol;
      else if (k >= shared) path[k] = addNode(levels[k], levels[k - 1], path[k - 1], symbol, position);
      levels[k].seen[path[k]]++;
      if (symbol === endSymbol) break;
    }
    previous = position;
  }
  return levels;
}

function emptyLevel(capacity: number): Level {
  const array = (): Uint32Array => new Uint32Array(capacity);
  return { ids: array(), seen: array(), children: array(), at: array(), size: 0 };
}

function addNode(level: Level, above: Level, parent: number, symbol: number, position: number): number {
  const node = level.size++;
  level.ids[node] = symbol;
  level.at[node] = position;
  above.children[parent]++;
  return node;
}

function sortedPositions(stream: Uint32Array, order: number): Uint32Array {
  return Uint32Array.from(stream.keys()).sort((a, b) => {
    for (let k = 0; k < order; k++) {
      const difference = stream[a + k] - stream[b + k];
      if (difference !== 0) return difference;
      if (stream[a + k] === endSymbol) return 0;
    }
    return 0;
  });
}

function sharedSymbols(stream: Uint32Array, a: number, b: number, order: number): number {
  for (let k = 0; k < order; k++) {
    if (stream[a + k] !== stream[b + k]) return k;
    if (stream[a + k] === endSymbol) return order;
  }
  return order;
}

/** Below the highest order an n-gram counts once for each symbol before it; after the start, where none is, as seen. */
function kneserNeyCounts(
  stream: Uint32Array,
  levels: readonly Level[],
  tree: Parameters<typeof nodeOf>[0],
): Uint32Array[] {
  const counts = levels.map(({ seen, size }) => seen.slice(0, size));
  let base = 0;
  for (let k = 0; k < levels.length - 1; k++) {
    const preceded = new Uint32Array(levels[k].size);
    const { at, size } = levels[k + 1];
    for (let node = 0; node < size; node++) preceded[nodeOf(tree, stream, at[node] + 1, at[node] + k + 2) - base]++;
    for (let node = 0; node < preceded.length; node++) {
      if (k === 0 || stream[levels[k].at[node]] !== startSymbol) counts[k][node] = preceded[node];
    }
    base += levels[k].size;
  }
  counts[0][startSymbol] = 0;
  return counts;
}

/** n1 / (n1 + 2 n2), where n1 n-grams count 1 and n2 count 2 (Ney, Essen & Kneser 1994); 0.5 where either is 0. */
function discountOf(counts: Uint32Array): number {
  let once = 0;
  let twice = 0;
  for (const count of counts) {
    if (count === 1) once++;
    else if (count === 2) twice++;
  }
  return once === 0 || twice === 0 ? 0.5 : once / (once + 2 * twice);
}

function concatenate(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
