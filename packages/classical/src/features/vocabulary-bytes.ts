import { absent } from "./hash-slots.js";
import { characterRoot, trieOf, wordRoot } from "./term-trie.js";
import { damagedVocabulary, endOfToken, readTokens } from "./token-bytes.js";
import type { TokenTable } from "./token-table.js";
import { putCodePoint } from "./utf8.js";
import type { Vocabulary } from "./vocabulary.js";

const deepest = 64;

/**
 * A vocabulary at rest, of its nodes in that order, of which the first `columns` are columns. Numbers are unsigned
 * LEB128. First three: how many columns, nodes and tokens. Then two a node. One for its parent and what it is a run of:
 * 2 · (0 for none, else 1 + the parent's number) + (1 for characters, 0 for words). One for its last symbol: of
 * characters the code point; of words 0 for the next token that no node before it had, else 1 + the token's number. Then
 * the tokens in UTF-8 (half a character in three bytes as any other), each ended by 0xff.
 */
export function encodeVocabulary({ tokens, trie }: Vocabulary, order: Int32Array, columns: number): Uint8Array {
  const into = byteWriter();
  const place = placesOf(order, trie.size);
  const used: number[] = [];
  const numbers = new Int32Array(tokens.size).fill(absent);
  const isCharacters = characterNodes(trie.nodes, trie.size);
  const body = byteWriter();
  for (const node of order) {
    const parent = trie.nodes[2 * node];
    const symbol = trie.nodes[2 * node + 1];
    body.number(2 * (parent < 0 ? 0 : 1 + place[parent]) + isCharacters[node]);
    if (isCharacters[node] === 1) body.number(symbol);
    else if (numbers[symbol] === absent) {
      numbers[symbol] = used.push(symbol) - 1;
      body.number(0);
    } else body.number(1 + numbers[symbol]);
  }
  for (const number of [columns, order.length, used.length]) into.number(number);
  into.bytes(body.written());
  for (const token of used) into.token(tokens, token);
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

function placesOf(order: Int32Array, size: number): Int32Array {
  const place = new Int32Array(size).fill(absent);
  for (let i = 0; i < order.length; i++) place[order[i]] = i;
  return place;
}

/** 1 for each node that is a run of characters. */
function characterNodes(nodes: Int32Array, size: number): Uint8Array {
  const isCharacters = new Uint8Array(size);
  for (let node = 0; node < size; node++) {
    let at = node;
    while (at >= 0) at = nodes[2 * at];
    isCharacters[node] = Number(at === characterRoot);
  }
  return isCharacters;
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
