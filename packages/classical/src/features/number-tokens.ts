import { absent } from "./hash-slots.js";
import type { LoweredTokens } from "./lowered-tokens.js";
import { insertAsked, lookUp, makeRoom, type TokenTable } from "./token-table.js";

/** Fills in the number of each token of a text, or `absent`. */
export type NumberTokens = (lowered: LoweredTokens, count: number, numbers: Int32Array) => void;

/** Finds the tokens that a table has; one left out is `absent`. */
export function findTokens(table: TokenTable): NumberTokens {
  const look = slotReader(table);
  return (lowered, count, numbers) => {
    look(lowered, count);
    const { units, starts, hashes } = lowered;
    for (let i = 0; i < count; i++) numbers[i] = lookUp(table, units, starts[i], starts[i + 1] - starts[i], hashes[i]);
  };
}

/** Finds the tokens of a text, and adds to the table those that are new; one left out is `absent`. */
export function addTokens(table: TokenTable): NumberTokens {
  const look = slotReader(table);
  return (lowered, count, numbers) => {
    look(lowered, count);
    const { units, starts, hashes } = lowered;
    for (let i = 0; i < count; i++) {
      const length = starts[i + 1] - starts[i];
      const token = lookUp(table, units, starts[i], length, hashes[i]);
      numbers[i] = token === absent && length > 0 ? insertToken(table, units, starts[i], length, hashes[i]) : token;
    }
  };
}

function insertToken(table: TokenTable, units: Uint16Array, start: number, length: number, hash: number): number {
  makeRoom(table, length);
  const tail = table.starts[table.size];
  for (let k = 0; k < length; k++) table.units[tail + k] = units[start + k];
  table.askedLength = length;
  table.askedHash = hash;
  return insertAsked(table);
}

/** Reads what the hashes of tokens lead to, for the reason that `lengthen-runs.ts` tells. */
function slotReader(table: TokenTable): (lowered: LoweredTokens, count: number) => void {
  let places = new Int32Array(256);
  return ({ hashes }, count) => {
    if (places.length < count) places = new Int32Array(2 * count);
    const { slots, starts, units } = table;
    const last = slots.length - 2;
    for (let i = 0; i < count; i++) places[i] = slots[((hashes[i] << 1) & last) + 1];
    for (let i = 0; i < count; i++) places[i] = starts[Math.max(0, places[i] - 1)];
    let read = 0;
    for (let i = 0; i < count; i++) read ^= units[places[i]];
    places[0] = read;
  };
}
