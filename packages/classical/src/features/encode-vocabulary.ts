import { absent } from "./hash-slots.js";
import type { NamedNodes } from "./named-nodes.js";
import { putNumbers, widthOf } from "./packed-numbers.js";
import { packTokens } from "./sorted-tokens.js";
import type { TrieNumbers } from "./sorted-trie.js";
import type { TermTrie } from "./term-trie.js";
import { codePointWidth, headWidth } from "./vocabulary-bytes.js";

/**
 * A vocabulary at rest, of its nodes in that order, of which the first `columns` are columns; the guide to model files
 * says how it lies. A token or a character that is only part of terms gets a node behind them.
 * @param named all nodes of the trie
 */
export function encodeVocabulary(
  trie: TermTrie,
  { nodes: named, words: wordNodes, tokens, tokenOrder }: NamedNodes,
  order: Int32Array,
  columns: number,
): Uint8Array {
  const numberOf = new Int32Array(trie.size).fill(absent);
  for (let number = 0; number < order.length; number++) numberOf[order[number]] = number;
  const isKept = (node: number): boolean => numberOf[node] !== absent;
  const [wordsByName, runsByName] = [named.subarray(0, wordNodes), named.subarray(wordNodes)].map((nodes) =>
    order.length === named.length ? nodes : nodes.filter(isKept),
  );
  const known = placesOf(tokenOrder, symbolsOf(trie, wordsByName));
  const codePoints = Int32Array.from(new Set(symbolsOf(trie, runsByName))).sort();
  const codePointPlaces = new Map(Array.from(codePoints, (codePoint, place) => [codePoint, place]));
  const words = layOut(trie, numberOf, {
    nodes: wordsByName,
    alphabet: known.tokens.length,
    placeOf: (token) => known.placeOf[token],
    nextNumber: order.length,
  });
  const runs = layOut(trie, numberOf, {
    nodes: runsByName,
    alphabet: codePoints.length,
    placeOf: (codePoint) => codePointPlaces.get(codePoint) as number,
    nextNumber: words.numbers.length + runsByName.length,
  });
  const { blocks, bytes } = packTokens(tokens, known.tokens);
  const [tokenCount, wordCount, runCount] = [known.tokens.length, words.numbers.length, runs.numbers.length];
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

/** The last symbol of each node. */
function symbolsOf({ nodes }: TermTrie, of: Int32Array): Int32Array {
  const symbols = new Int32Array(of.length);
  for (let i = 0; i < of.length; i++) symbols[i] = nodes[2 * of[i] + 1];
  return symbols;
}

/** Those of the tokens that there are among the symbols, in order, and the place of each. */
function placesOf(tokenOrder: Int32Array, symbols: Int32Array): { tokens: Int32Array; placeOf: Int32Array } {
  const placeOf = new Int32Array(tokenOrder.length).fill(absent);
  for (let i = 0; i < symbols.length; i++) placeOf[symbols[i]] = 0;
  const tokens = new Int32Array(tokenOrder.length);
  let length = 0;
  for (let k = 0; k < tokenOrder.length; k++) {
    if (placeOf[tokenOrder[k]] === absent) continue;
    placeOf[tokenOrder[k]] = length;
    tokens[length++] = tokenOrder[k];
  }
  return { tokens: tokens.subarray(0, length), placeOf };
}

/** What is laid out. */
interface NodesByName {
  readonly nodes: Int32Array;
  /** How many symbols there are, and the place of each among them. */
  readonly alphabet: number;
  readonly placeOf: (symbol: number) => number;
  /** A symbol that has no node of its own gets one; their numbers go on from this one. */
  readonly nextNumber: number;
}

/**
 * Lays out nodes, so that whatever lengthens the same run lies side by side.
 * @param numberOf the number of each node, in whose place comes that at which it lies
 */
function layOut(
  { nodes: links }: TermTrie,
  numberOf: Int32Array,
  { nodes, alphabet, placeOf, nextNumber }: NodesByName,
): TrieNumbers {
  let single = 0;
  while (single < nodes.length && links[2 * nodes[single]] < 0) single++;
  const numbers = new Int32Array(alphabet + nodes.length - single).fill(absent, 0, alphabet);
  const symbols = new Int32Array(nodes.length - single);
  // First how many runs lengthen that at the place before.
  const begins = new Int32Array(numbers.length + 1);
  // Where the longest runs begin.
  let longest = 0;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    const symbol = placeOf(links[2 * node + 1]);
    const place = i < single ? symbol : alphabet + i - single;
    if (i >= single) {
      const parent = numberOf[links[2 * node]];
      begins[parent + 1]++;
      if (parent >= longest) longest = place;
      symbols[i - single] = symbol;
    }
    numbers[place] = numberOf[node];
    numberOf[node] = place;
  }
  for (let place = 0, next = nextNumber; place < alphabet; place++)
    if (numbers[place] === absent) numbers[place] = next++;
  begins[0] = alphabet;
  for (let place = 0; place < longest; place++) begins[place + 1] += begins[place];
  return { numbers, symbols, begins: begins.subarray(0, longest + 1) };
}
