import { BifocalError } from "@bifocal/contracts";
import { absent } from "./hash-slots.js";
import { characterRoot, filteredTrie, wordRoot } from "./term-trie.js";
import { askUnits, insertAsked, type TokenTable, tokenTable } from "./token-table.js";
import { putCodePoint, readUnits } from "./utf8.js";
import type { Vocabulary } from "./vocabulary.js";

/** Ends each token; a byte that UTF-8 never has. */
const endOfToken = 0xff;
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
  return byteReader(bytes).number();
}

/** @throws {BifocalError} `model-damaged` where the bytes are none that `encodeVocabulary` writes. */
export function decodeVocabulary(bytes: Uint8Array): Vocabulary {
  const from = byteReader(bytes);
  const columns = from.number();
  const size = from.number();
  const tokenCount = from.number();
  if (!(columns <= size && 2 * size <= bytes.length && tokenCount <= bytes.length)) throw damaged();
  const nodes = new Int32Array(2 * size);
  const unigrams = new Int32Array(tokenCount).fill(absent);
  let seen = 0;
  for (let node = 0; node < size; node++) {
    const parentCode = from.number();
    const isWord = (parentCode & 1) === 0;
    const parent = (parentCode >>> 1) - 1;
    const code = from.number();
    const symbol = isWord ? (code === 0 ? seen++ : code - 1) : code;
    if (parent >= size || (isWord ? symbol >= tokenCount : symbol > 0x10ffff)) throw damaged();
    if (parent < 0 && isWord) unigrams[symbol] = node;
    nodes[2 * node] = parent >= 0 ? parent : isWord ? wordRoot : characterRoot;
    nodes[2 * node + 1] = symbol;
  }
  if (seen !== tokenCount || !isShallow(nodes, size)) throw damaged();
  const trie = filteredTrie(nodes, size);
  const tokens = from.tokens(tokenCount);
  return { tokens, trie, unigrams, known: tokenCount, columns };
}

function damaged(): BifocalError {
  return new BifocalError("model-damaged", "A model's vocabulary does not fit itself. Get or train the model again.");
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

function byteReader(bytes: Uint8Array) {
  let at = 0;
  return {
    number(): number {
      let value = bytes[at++];
      if (value < 0x80) return value;
      value &= 0x7f;
      for (let shift = 7; shift < 35; shift += 7) {
        const byte = bytes[at++];
        value += (byte & 0x7f) * 2 ** shift;
        if (!(byte >= 0x80)) break;
      }
      if (!(value <= 0x7fffffff)) throw damaged();
      return value;
    },
    tokens(count: number): TokenTable {
      const table = tokenTable(count);
      // Units are never more than bytes.
      table.units = new Uint16Array(bytes.length - at + 64);
      for (let token = 0; token < count; token++) {
        let end = at;
        while (end < bytes.length && bytes[end] !== endOfToken) end++;
        if (end === bytes.length) throw damaged();
        askUnits(table, readUnits(bytes, at, end, table.units, table.starts[token]));
        insertAsked(table);
        at = end + 1;
      }
      if (at !== bytes.length) throw damaged();
      return table;
    },
  };
}
