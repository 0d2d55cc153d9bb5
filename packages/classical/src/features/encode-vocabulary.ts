import { joinArrays } from "../join-arrays.js";
import { absent } from "./hash-slots.js";
import { putNumbers, widthOf } from "./packed-numbers.js";
import { inOrder } from "./rank-runs.js";
import { packTokens, type TokenBytes } from "./sorted-tokens.js";
import { type ListedNodes, sortTrie } from "./sorted-trie.js";
import { characterRoot, type TermTrie, wordRoot } from "./term-trie.js";
import type { TokenTable } from "./token-table.js";
import { putUnits } from "./utf8.js";
import type { Vocabulary } from "./vocabulary.js";
import { codePointWidth, headWidth } from "./vocabulary-bytes.js";

/**
 * A vocabulary at rest, of its nodes in that order, of which the first `columns` are columns; the guide to model files
 * says how it lies. A token or a character that is only part of terms gets a node behind them.
 */
export function encodeVocabulary({ tokens, trie }: Vocabulary, order: Int32Array, columns: number): Uint8Array {
  const [wordNodes, runNodes] = [wordRoot, characterRoot].map((root) => nodesUnder(root, trie, order));
  const { sorted, placeOf } = sortTokens(tokens, wordNodes.symbols);
  const codePoints = Int32Array.from(new Set(runNodes.symbols)).sort();
  const codePointPlaces = new Map(Array.from(codePoints, (codePoint, place) => [codePoint, place]));
  const words = sortTrie(withAlphabet(wordNodes, (token) => placeOf[token], sorted.size, order.length));
  const runs = sortTrie(
    withAlphabet(
      runNodes,
      (codePoint) => codePointPlaces.get(codePoint) ?? absent,
      codePoints.length,
      words.numbers.length + runNodes.numbers.length,
    ),
  );
  const { blocks, bytes } = packTokens(sorted);
  const [tokenCount, wordCount, runCount] = [sorted.size, words.numbers.length, runs.numbers.length];
  const head = [
    ...[columns, tokenCount, wordCount, words.begins.length],
    ...[codePoints.length, runCount, runs.begins.length, bytes.length],
  ];
  const numberWidth = widthOf(wordCount + runCount);
  return packed([
    [Int32Array.from(head), headWidth],
    [words.numbers, numberWidth],
    [words.symbols, widthOf(tokenCount)],
    [words.begins, widthOf(wordCount)],
    [runs.numbers, numberWidth],
    [runs.symbols, widthOf(codePoints.length)],
    [runs.begins, widthOf(runCount)],
    [codePoints, codePointWidth],
    [blocks, widthOf(bytes.length)],
    [bytes, 1],
  ]);
}

function packed(parts: readonly (readonly [numbers: Int32Array | Uint8Array, width: number])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, [numbers, width]) => length + numbers.length * width, 0));
  let at = 0;
  for (const [numbers, width] of parts) at = putNumbers(bytes, at, numbers, width);
  return bytes;
}

/** The nodes of that order under a root; their numbers are their places in the order. */
function nodesUnder(root: number, { nodes, size }: TermTrie, order: Int32Array): ListedNodes {
  const numberOf = new Int32Array(size);
  for (let i = 0; i < order.length; i++) numberOf[order[i]] = i;
  const [numbers, parents, symbols] = [0, 1, 2].map(() => new Int32Array(order.length));
  let length = 0;
  for (let i = 0; i < order.length; i++) {
    const node = order[i];
    if (rootOf(nodes, node) !== root) continue;
    const parent = nodes[2 * node];
    numbers[length] = i;
    parents[length] = parent < 0 ? absent : numberOf[parent];
    symbols[length++] = nodes[2 * node + 1];
  }
  return {
    numbers: numbers.subarray(0, length),
    parents: parents.subarray(0, length),
    symbols: symbols.subarray(0, length),
  };
}

function rootOf(nodes: Int32Array, node: number): number {
  let at = node;
  while (at >= 0) at = nodes[2 * at];
  return at;
}

/** The nodes with places in an alphabet for symbols, and behind them nodes of one symbol, so that there is one for each. */
function withAlphabet(
  { numbers, parents, symbols }: ListedNodes,
  placeOf: (symbol: number) => number,
  alphabet: number,
  nextNumber: number,
): ListedNodes {
  const places = new Int32Array(symbols.length);
  const isThere = new Uint8Array(alphabet);
  for (let i = 0; i < places.length; i++) {
    places[i] = placeOf(symbols[i]);
    if (parents[i] === absent) isThere[places[i]] = 1;
  }
  const missing = new Int32Array(alphabet).map((_, place) => place).filter((place) => isThere[place] === 0);
  if (missing.length === 0) return { numbers, parents, symbols: places };
  return {
    numbers: joinArrays(Int32Array, [numbers, missing.map((_, i) => nextNumber + i)]),
    parents: joinArrays(Int32Array, [parents, missing.map(() => absent)]),
    symbols: joinArrays(Int32Array, [places, missing]),
  };
}

/** The tokens that there are among those, in ascending order of their UTF-8, and the place of each. */
function sortTokens(
  { units, starts, size }: TokenTable,
  used: Int32Array,
): { readonly sorted: TokenBytes; readonly placeOf: Int32Array } {
  const isUsed = new Uint8Array(size);
  for (let i = 0; i < used.length; i++) isUsed[used[i]] = 1;
  const bytes = new Uint8Array(3 * starts[size]);
  const byteStarts = new Int32Array(size + 1);
  for (let token = 0; token < size; token++)
    byteStarts[token + 1] = putUnits(bytes, byteStarts[token], units, starts[token], starts[token + 1]);
  const order = inOrder({ units: bytes, starts: byteStarts, size }).filter((token) => isUsed[token] === 1);
  const placeOf = new Int32Array(size);
  const sorted = new Uint8Array(byteStarts[size]);
  const sortedStarts = new Int32Array(order.length + 1);
  for (let place = 0; place < order.length; place++) {
    const token = order[place];
    placeOf[token] = place;
    sorted.set(bytes.subarray(byteStarts[token], byteStarts[token + 1]), sortedStarts[place]);
    sortedStarts[place + 1] = sortedStarts[place] + byteStarts[token + 1] - byteStarts[token];
  }
  return { sorted: { units: sorted, starts: sortedStarts, size: order.length }, placeOf };
}
