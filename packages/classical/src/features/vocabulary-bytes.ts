import { damagedVocabulary } from "./damaged-vocabulary.js";
import { absent } from "./hash-slots.js";
import { numberAt, type PackedNumbers, widthOf } from "./packed-numbers.js";
import { blocksOf, readSorted, type SortedTokens } from "./sorted-tokens.js";
import { readTrie, type SortedTrie } from "./sorted-trie.js";
import { characterRoot, trieOf, wordRoot } from "./term-trie.js";
import { tokensInOrder } from "./token-table.js";
import type { Vocabulary } from "./vocabulary.js";

/** A vocabulary as it lies in a file, which can be searched there. */
export interface SortedVocabulary {
  /** How many nodes are columns: those whose number is below. */
  readonly columns: number;
  readonly nodes: number;
  readonly tokens: SortedTokens;
  /** Its symbols are numbers of tokens. */
  readonly words: SortedTrie;
  /** Ascending. */
  readonly codePoints: PackedNumbers;
  /** Its symbols are places of code points. */
  readonly runs: SortedTrie;
}

const headLength = 8;
/** How many bytes each number at the head takes. */
export const headWidth = 4;

/** How many bytes a code point takes. */
export const codePointWidth = 3;

/** How many columns it has. */
export function columnsOfBytes(bytes: Uint8Array): number {
  return numberAt({ bytes, start: 0, width: headWidth, length: headLength }, 0);
}

/**
 * Finds the parts of a vocabulary at rest, without reading them.
 * @throws {BifocalError} `model-damaged` where they are not as long as they say
 */
export function openVocabulary(bytes: Uint8Array): SortedVocabulary {
  let end = headLength * headWidth;
  const take = (length: number, width: number): PackedNumbers => {
    const start = end;
    end += length * width;
    return { bytes, start, width, length };
  };
  const head = { bytes, start: 0, width: headWidth, length: headLength };
  const [columns, tokens, wordNodes, wordBegins, codePoints, runNodes, runBegins, tokenBytes] = Array.from(
    { length: headLength },
    (_, i) => numberAt(head, i),
  );
  const nodes = wordNodes + runNodes;
  const takeTrie = (alphabet: number, length: number, begins: number): SortedTrie => ({
    alphabet,
    numbers: take(length, widthOf(nodes)),
    symbols: take(length - alphabet, widthOf(alphabet)),
    begins: take(begins, widthOf(length)),
  });
  const vocabulary = {
    columns,
    nodes,
    words: takeTrie(tokens, wordNodes, wordBegins),
    runs: takeTrie(codePoints, runNodes, runBegins),
    codePoints: take(codePoints, codePointWidth),
    tokens: {
      size: tokens,
      blocks: take(blocksOf(tokens), widthOf(tokenBytes)),
      bytes: bytes.subarray(end, end + tokenBytes),
    },
  };
  const fits =
    end + tokenBytes === bytes.length &&
    columns <= nodes &&
    tokens <= wordNodes &&
    codePoints <= runNodes &&
    Math.min(wordBegins, runBegins) > 0;
  if (!fits) throw damagedVocabulary();
  return vocabulary;
}

/** @throws {BifocalError} `model-damaged` where the bytes are none that `encodeVocabulary` writes. */
export function decodeVocabulary(bytes: Uint8Array): Vocabulary {
  const { columns, nodes: size, tokens: sorted, words, codePoints, runs } = openVocabulary(bytes);
  const places = placesByNode(words, size);
  const tokens = tokensInOrder(readSorted(sorted), places);
  const tokenOf = new Int32Array(sorted.size);
  for (let token = 0; token < places.length; token++) tokenOf[places[token]] = token;
  const nodes = new Int32Array(2 * size).fill(absent);
  readTrie(words, wordRoot, (place) => tokenOf[place], nodes);
  checkCodePoints(codePoints);
  readTrie(runs, characterRoot, (place) => numberAt(codePoints, place), nodes);
  const unigrams = places.map((place) => numberAt(words.numbers, place));
  return { tokens, trie: trieOf(nodes, size), unigrams, known: tokens.size, columns };
}

/**
 * The places of tokens by the numbers of their nodes, which are the lower the more texts they stand in: tokens that are
 * looked up often are to lie together, near the processor.
 */
function placesByNode({ alphabet, numbers }: SortedTrie, nodes: number): Int32Array {
  const placeOf = new Int32Array(nodes).fill(absent);
  for (let place = 0; place < alphabet; place++) placeOf[numberAt(numbers, place)] = place;
  return placeOf.filter((place) => place !== absent);
}

/** @throws {BifocalError} `model-damaged` where they do not ascend, or are none. */
function checkCodePoints(codePoints: PackedNumbers): void {
  for (let place = 0, before = absent; place < codePoints.length; place++) {
    const codePoint = numberAt(codePoints, place);
    if (codePoint <= before || codePoint > 0x10ffff) throw damagedVocabulary();
    before = codePoint;
  }
}
