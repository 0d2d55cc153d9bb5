import { absent } from "./hash-slots.js";
import { characterRoot, type TermTrie, trieOf, wordRoot } from "./term-trie.js";
import { damagedVocabulary, endOfToken, readTokens } from "./token-bytes.js";
import type { TokenTable } from "./token-table.js";
import { putCodePoint } from "./utf8.js";
import type { Vocabulary } from "./vocabulary.js";

const deepest = 64;

/** How many nodes are looked at together. */
const pieceLength = 1024;

/**
 * A vocabulary at rest, of its nodes in that order, of which the first `columns` are columns. Numbers are unsigned
 * LEB128. First three: how many columns, nodes and tokens. Then two a node. One for its parent and what it is a run of:
 * 2 · (0 for none, else 1 + the parent's number) + (1 for characters, 0 for words). One for its last symbol: of
 * characters the code point; of words 0 for the next token that no node before it had, else 1 + the token's number. Then
 * the tokens in UTF-8 (half a character in three bytes as any other), each ended by 0xff.
 */
export function encodeVocabulary({ tokens, trie }: Vocabulary, order: Int32Array, columns: number): Uint8Array {
  const codes = codesOf(trie, order);
  const numbers = new Int32Array(tokens.size).fill(absent);
  const used = new Int32Array(tokens.size);
  let usedSize = 0;
  const body = byteWriter();
  const parents = new Int32Array(pieceLength);
  const symbols = new Int32Array(pieceLength);
  for (let start = 0; start < order.length; start += pieceLength) {
    const length = Math.min(pieceLength, order.length - start);
    // A loop of its own, without a branch, so that the processor asks the memory for many nodes at once.
    for (let k = 0; k < length; k++) {
      const node = order[start + k];
      parents[k] = codes[trie.nodes[2 * node] + roots];
      symbols[k] = trie.nodes[2 * node + 1];
    }
    for (let k = 0; k < length; k++) {
      const symbol = symbols[k];
      body.number(parents[k]);
      if ((parents[k] & 1) === 1) body.number(symbol);
      else {
        body.number(1 + numbers[symbol]);
        if (numbers[symbol] === absent) {
          numbers[symbol] = usedSize;
          used[usedSize++] = symbol;
        }
      }
    }
  }
  const into = byteWriter();
  for (const number of [columns, order.length, usedSize]) into.number(number);
  into.bytes(body.written());
  for (let i = 0; i < usedSize; i++) into.token(tokens, used[i]);
  return into.written();
}

/** How many columns it has. */
export function columnsOfBytes(bytes: Uint8Array): number {
  const [columns] = numbersAt(bytes, 0, 1).numbers;
  return columns;
}

/** @throws {BifocalError} `model-damaged` where the bytes are none that `encodeVocabulary` writes. */
export function decodeVocabulary(bytes: Uint8Array): Vocabulary {
  const head = numbersAt(bytes, 0, 3);
  const [columns, size, tokenCount] = head.numbers;
  if (!(columns <= size && 2 * size <= bytes.length && tokenCount <= bytes.length)) throw damagedVocabulary();
  const { numbers: nodes, end } = numbersAt(bytes, head.end, 2 * size);
  const unigrams = readNodes(nodes, size, tokenCount);
  const trie = trieOf(nodes, size);
  return { tokens: readTokens(bytes, end, tokenCount), trie, unigrams, known: tokenCount, columns };
}

/** So many numbers, and where they end. @throws {BifocalError} `model-damaged` */
function numbersAt(bytes: Uint8Array, start: number, count: number): { numbers: Int32Array; end: number } {
  const numbers = new Int32Array(count);
  let at = start;
  let ones = 0;
  for (let i = 0; i < count; i++) {
    let byte = bytes[at++];
    let number = byte & 0x7f;
    for (let shift = 7; byte >= 0x80 && shift < 35; shift += 7) {
      byte = bytes[at++];
      number |= (byte & 0x7f) << shift;
    }
    numbers[i] = number;
    ones |= number;
  }
  if (ones < 0 || at > bytes.length) throw damagedVocabulary();
  return { numbers, end: at };
}

/**
 * Makes parents and symbols of the numbers of nodes, where they lie.
 * @returns the node of each token alone, or `absent`
 */
function readNodes(nodes: Int32Array, size: number, tokenCount: number): Int32Array {
  const unigrams = new Int32Array(tokenCount).fill(absent);
  let seen = 0;
  let isInOrder = true;
  for (let node = 0; node < size; node++) {
    const parentCode = nodes[2 * node];
    const code = nodes[2 * node + 1];
    const isWord = (parentCode & 1) === 0;
    const parent = (parentCode >>> 1) - 1;
    const symbol = isWord ? (code === 0 ? seen++ : code - 1) : code;
    if (parent >= size || (isWord ? symbol >= tokenCount : symbol > 0x10ffff)) throw damagedVocabulary();
    if (parent < 0 && isWord) unigrams[symbol] = node;
    // Pairs whose first word is a term: nothing else need be asked of nodes such as these.
    if (parent >= 0 && (parent >= node || nodes[2 * parent] >= 0)) isInOrder = false;
    nodes[2 * node] = parent >= 0 ? parent : isWord ? wordRoot : characterRoot;
    nodes[2 * node + 1] = symbol;
  }
  if (seen !== tokenCount || !(isInOrder || isShallow(nodes, size))) throw damagedVocabulary();
  return unigrams;
}

/** Whether the parents of each node end at a root, soon: a forged file may have a circle. */
function isShallow(nodes: Int32Array, size: number): boolean {
  const depths = new Uint8Array(size);
  for (let node = 0; node < size; node++) {
    const parent = nodes[2 * node];
    let depth = 1;
    // Nearly always a parent comes before its children, and its depth is known.
    if (parent >= 0 && parent < node) depth += depths[parent];
    else for (let at = parent; at >= 0 && depth <= deepest; at = nodes[2 * at]) depth++;
    if (depth > deepest) return false;
    depths[node] = depth;
  }
  return true;
}

/** How many numbers below 0 stand for roots. */
const roots = 2;

/** What is written for each parent, after those of the two roots: 2 · (1 + its place) + (1 for characters, 0 for words). */
function codesOf({ nodes, size }: TermTrie, order: Int32Array): Int32Array {
  const codes = new Int32Array(roots + size);
  codes[roots + characterRoot] = 1;
  for (let i = 0; i < order.length; i++) codes[roots + order[i]] = 2 * (i + 1);
  for (let node = 0; node < size; node++) {
    const parent = nodes[2 * node];
    codes[roots + node] |= parent < node ? codes[roots + parent] & 1 : Number(isOfCharacters(nodes, parent));
  }
  return codes;
}

function isOfCharacters(nodes: Int32Array, node: number): boolean {
  let at = node;
  while (at >= 0) at = nodes[2 * at];
  return at === characterRoot;
}

function byteWriter() {
  let array = new Uint8Array(1 << 16);
  let length = 0;
  const makeRoom = (more: number): void => {
    if (length + more <= array.length) return;
    const roomier = new Uint8Array(2 * (length + more));
    roomier.set(array);
    array = roomier;
  };
  return {
    number(value: number): void {
      makeRoom(5);
      let rest = value;
      for (; rest > 0x7f; rest >>>= 7) array[length++] = 0x80 | (rest & 0x7f);
      array[length++] = rest;
    },
    bytes(value: Uint8Array): void {
      makeRoom(value.length);
      array.set(value, length);
      length += value.length;
    },
    token({ units, starts }: TokenTable, token: number): void {
      makeRoom(3 * (starts[token + 1] - starts[token]) + 1);
      for (let i = starts[token]; i < starts[token + 1]; i++) {
        const isPair =
          (units[i] & 0xfc00) === 0xd800 && i + 1 < starts[token + 1] && (units[i + 1] & 0xfc00) === 0xdc00;
        const codePoint = isPair ? 0x10000 + ((units[i] & 0x3ff) << 10) + (units[++i] & 0x3ff) : units[i];
        length = putCodePoint(array, length, codePoint);
      }
      array[length++] = endOfToken;
    },
    written: () => array.slice(0, length),
  };
}
