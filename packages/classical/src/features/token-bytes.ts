import { BifocalError } from "@bifocal/contracts";
import { askUnits, insertAsked, type TokenTable, tokenTable } from "./token-table.js";
import { readUnits } from "./utf8.js";

/** Ends each token; a byte that UTF-8 never has. */
export const endOfToken = 0xff;

/**
 * The tokens of a vocabulary at rest, from there to the end of the bytes.
 * @throws {BifocalError} `model-damaged` where they are not that many.
 */
export function readTokens(bytes: Uint8Array, start: number, count: number): TokenTable {
  const table = tokenTable(count);
  // Units are never more than bytes.
  table.units = new Uint16Array(bytes.length - start + 64);
  let at = start;
  for (let token = 0; token < count; token++) {
    const end = askAscii(table, bytes, at) ? at + table.askedLength : askAny(table, bytes, at);
    insertAsked(table);
    at = end + 1;
  }
  if (at !== bytes.length) throw damagedVocabulary();
  return table;
}

/** Asks for the token that begins there if all of it is ASCII: most are, and this is the shorter way. */
function askAscii(table: TokenTable, bytes: Uint8Array, start: number): boolean {
  const tail = table.starts[table.size];
  let at = start;
  for (; bytes[at] < 0x80; at++) table.units[tail + at - start] = bytes[at];
  if (bytes[at] !== endOfToken) return false;
  askUnits(table, at - start);
  return true;
}

/** Asks for the token that begins there, and gives where it ends. */
function askAny(table: TokenTable, bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(endOfToken, start);
  if (end < 0) throw damagedVocabulary();
  askUnits(table, readUnits(bytes, start, end, table.units, table.starts[table.size]));
  return end;
}

/** The error for a vocabulary that nothing here wrote. */
export function damagedVocabulary(): BifocalError {
  return new BifocalError("model-damaged", "A model's vocabulary does not fit itself. Get or train the model again.");
}
