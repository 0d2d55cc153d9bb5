import { damagedVocabulary } from "./damaged-vocabulary.js";
import { absent } from "./hash-slots.js";
import { numberAt, type PackedNumbers } from "./packed-numbers.js";
import type { Runs } from "./runs-in-order.js";
import type { TokenTable } from "./token-table.js";
import { readUnits } from "./utf8.js";

/** Ends each token; a byte that UTF-8 never has. */
const endOfToken = 0xff;

/** The most bytes of a token that need not be written again in the next one. */
const mostShared = 0xff;

/** How many tokens lie in a block. */
const blockLength = 16;

/**
 * Distinct tokens at rest, in ascending order of their UTF-8. Of each: in a byte, with how many bytes of the one before
 * it begins; its other bytes; 0xff. The first of each block of 16 says none, so that blocks are found by bisection.
 */
export interface SortedTokens {
  readonly size: number;
  /** Where each block begins in the bytes. */
  readonly blocks: PackedNumbers;
  readonly bytes: Uint8Array;
}

/** How many blocks hold so many tokens. */
export function blocksOf(tokens: number): number {
  return Math.ceil(tokens / blockLength);
}

/** Writes those of the tokens, which must ascend in that order. */
export function packTokens(tokens: Runs, order: Int32Array): { blocks: Int32Array; bytes: Uint8Array } {
  const { bytes: from, starts } = tokens;
  const bytes = new Uint8Array(starts[tokens.size] + 2 * order.length);
  const blocks = new Int32Array(blocksOf(order.length));
  let at = 0;
  for (let place = 0; place < order.length; place++) {
    const isFirst = place % blockLength === 0;
    if (isFirst) blocks[place / blockLength] = at;
    const shared = isFirst ? 0 : sharedBytes(tokens, order[place - 1], order[place]);
    bytes[at++] = shared;
    for (let k = starts[order[place]] + shared; k < starts[order[place] + 1]; k++) bytes[at++] = from[k];
    bytes[at++] = endOfToken;
  }
  return { blocks, bytes: bytes.subarray(0, at) };
}

function sharedBytes({ bytes, starts }: Runs, before: number, token: number): number {
  const [a, b] = [starts[before], starts[token]];
  const most = Math.min(mostShared, starts[before + 1] - a, starts[token + 1] - b);
  let shared = 0;
  while (shared < most && bytes[a + shared] === bytes[b + shared]) shared++;
  return shared;
}

/** The number of the token that is the first `length` bytes asked, or `absent`. */
export function findSorted(tokens: SortedTokens, asked: Uint8Array, length: number): number {
  const { size, bytes } = tokens;
  const block = blockOf(tokens, asked, length);
  const last = Math.min(size, (block + 1) * blockLength);
  // With how many of the asked bytes the token before begins.
  let alike = 0;
  let at = numberAt(tokens.blocks, block);
  for (let token = block * blockLength; token < last; token++) {
    const shared = bytes[at++];
    // Otherwise the token differs from the asked one where the token before does.
    if (shared <= alike) {
      for (alike = shared; alike < length && bytes[at] === asked[alike]; alike++) at++;
      if (alike === length && bytes[at] === endOfToken) return token;
    }
    at = bytes.indexOf(endOfToken, at) + 1;
    if (at === 0) return absent;
  }
  return absent;
}

/** The last block whose first token is not behind the asked one; the first block where there is none. */
function blockOf({ blocks, bytes }: SortedTokens, asked: Uint8Array, length: number): number {
  let block = 0;
  for (let beyond = blocks.length; beyond - block > 1; ) {
    const middle = (block + beyond) >>> 1;
    if (isBehind(bytes, numberAt(blocks, middle) + 1, asked, 0, length)) beyond = middle;
    else block = middle;
  }
  return block;
}

/** Whether what lies there to the end of a token comes behind those of the asked bytes. */
function isBehind(bytes: Uint8Array, start: number, asked: Uint8Array, first: number, end: number): boolean {
  let [at, k] = [start, first];
  for (; k < end && bytes[at] === asked[k]; k++) at++;
  return bytes[at] !== endOfToken && (k === end || bytes[at] > asked[k]);
}

/** Tokens one after the other: token `i` in `units` from `starts[i]` to `starts[i + 1]`. */
export type TokenUnits = Pick<TokenTable, "units" | "starts" | "size">;

/** All of them. @throws {BifocalError} `model-damaged` where they are not that many, or do not ascend. */
export function readSorted({ size, blocks, bytes }: SortedTokens): TokenUnits {
  const starts = new Int32Array(size + 1);
  let units = new Uint16Array(2 * bytes.length);
  let token = new Uint8Array(256);
  let length = 0;
  let at = 0;
  for (let i = 0; i < size; i++) {
    const isFirst = i % blockLength === 0;
    const shared = bytes[at++];
    const end = bytes.indexOf(endOfToken, at);
    if (end < 0 || shared > (isFirst ? 0 : length)) throw damagedVocabulary();
    if (isFirst && numberAt(blocks, i / blockLength) !== at - 1) throw damagedVocabulary();
    if (i > 0 && !isBehind(bytes, at, token, shared, length)) throw damagedVocabulary();
    length = shared + end - at;
    if (length > token.length) token = roomier(new Uint8Array(2 * length), token);
    token.set(bytes.subarray(at, end), shared);
    if (starts[i] + length > units.length) units = roomier(new Uint16Array(2 * (starts[i] + length)), units);
    starts[i + 1] = starts[i] + readUnits(token, 0, length, units, starts[i]);
    at = end + 1;
  }
  if (at !== bytes.length) throw damagedVocabulary();
  return { units, starts, size };
}

function roomier<A extends Uint8Array | Uint16Array>(room: A, array: A): A {
  room.set(array);
  return room;
}
