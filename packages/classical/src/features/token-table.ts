import { absent, hashSlots, longer, mixedHash, putInSlot, roomyEnough } from "./hash-slots.js";

/**
 * Distinct tokens, numbered from 0 in order of their coming, found without making a string of any: their lower-cased
 * UTF-16 units lie one after the other in `units`, token `i` from `starts[i]` to `starts[i + 1]`.
 */
export interface TokenTable {
  units: Uint16Array;
  starts: Int32Array;
  size: number;
  slots: Int32Array;
  /** Where the units of the token that was asked for last begin, behind those of the table; so many are they. */
  askedStart: number;
  askedLength: number;
  askedHash: number;
}

/** An empty table with room for so many tokens before it grows. */
export function tokenTable(room = 1024): TokenTable {
  return {
    units: new Uint16Array(8 * room),
    starts: new Int32Array(room + 1),
    size: 0,
    slots: hashSlots(room),
    askedStart: 0,
    askedLength: 0,
    askedHash: 0,
  };
}

/** A table of distinct tokens, which lie in `units` from `starts[i]` to `starts[i + 1]`, numbered in that order. */
export function tokensInOrder({ units, starts }: Pick<TokenTable, "units" | "starts">, order: Int32Array): TokenTable {
  const table = tokenTable(order.length);
  for (let i = 0; i < order.length; i++) {
    const [start, end] = [starts[order[i]], starts[order[i] + 1]];
    makeRoom(table, end - start);
    const tail = table.starts[i];
    for (let k = start; k < end; k++) table.units[tail + k - start] = units[k];
    askUnits(table, end - start);
    insertAsked(table);
  }
  return table;
}

/** The number of the token that was asked for last, or `absent`. */
export function findAsked(table: TokenTable): number {
  return lookUp(table, table.units, table.askedStart, table.askedLength, table.askedHash);
}

/** The number of the token that was asked for last; a new number where it is new. */
export function addAsked(table: TokenTable): number {
  const token = findAsked(table);
  return token === absent ? insertAsked(table) : token;
}

/** Puts the lower-cased units of that part of the text, and their hash, behind those of the table. */
export function ask(table: TokenTable, text: string, start: number, end: number): void {
  const tail = table.starts[table.size];
  if (tail + end - start > table.units.length) makeRoom(table, end - start);
  const units = table.units;
  let hash = firstHash;
  for (let i = start, at = tail; i < end; i++, at++) {
    let unit = text.charCodeAt(i);
    if (unit > 127) {
      askLowered(table, text.slice(start, end).toLowerCase());
      return;
    }
    if (unit < 91 && unit > 64) unit += 32;
    units[at] = unit;
    hash = Math.imul(hash ^ unit, hashFactor);
  }
  table.askedStart = tail;
  table.askedLength = end - start;
  table.askedHash = mixedHash(hash);
}

function askLowered(table: TokenTable, lowered: string): void {
  makeRoom(table, lowered.length);
  const tail = table.starts[table.size];
  for (let i = 0; i < lowered.length; i++) table.units[tail + i] = lowered.charCodeAt(i);
  askUnits(table, lowered.length);
}

/** Asks for the so many units that the caller put behind those of the table. */
export function askUnits(table: TokenTable, length: number): void {
  const tail = table.starts[table.size];
  let hash = firstHash;
  for (let i = tail; i < tail + length; i++) hash = Math.imul(hash ^ table.units[i], hashFactor);
  table.askedStart = tail;
  table.askedLength = length;
  table.askedHash = mixedHash(hash);
}

/** FNV-1a, over UTF-16 units: where a hash begins, and what it is multiplied with after each unit. */
export const firstHash = 0x811c9dc5 | 0;
export const hashFactor = 0x01000193;

/** Adds the token that was asked for, which must be new, and gives its number. */
export function insertAsked(table: TokenTable): number {
  const token = table.size++;
  if (token + 2 > table.starts.length) table.starts = longer(table.starts, 2 * (token + 2));
  table.starts[token + 1] = table.starts[token] + table.askedLength;
  table.slots = roomyEnough(table.slots, table.size);
  putInSlot(table.slots, table.askedHash, token);
  return token;
}

/** Makes room for so many units behind those of the table. */
export function makeRoom(table: TokenTable, length: number): void {
  const needed = table.starts[table.size] + length;
  if (needed <= table.units.length) return;
  const units = new Uint16Array(2 * needed);
  units.set(table.units);
  table.units = units;
}

/** The token as a string. */
export function tokenText({ units, starts }: TokenTable, token: number): string {
  let text = "";
  for (let i = starts[token]; i < starts[token + 1]; i++) text += String.fromCharCode(units[i]);
  return text;
}

/** The number of the token that lies in those units, whose hash it is, or `absent`. */
export function lookUp(table: TokenTable, units: Uint16Array, start: number, length: number, hash: number): number {
  const { slots, starts, units: known } = table;
  const last = slots.length - 2;
  for (let slot = (hash << 1) & last; ; slot = (slot + 2) & last) {
    const token = slots[slot + 1] - 1;
    if (token < 0) return absent;
    if (slots[slot] !== hash) continue;
    const first = starts[token];
    if (starts[token + 1] - first !== length) continue;
    let k = 0;
    while (k < length && known[first + k] === units[start + k]) k++;
    if (k === length) return token;
  }
}
