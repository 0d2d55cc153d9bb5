import { type KneserNey, probabilityOf } from "./kneser-ney.js";
import { countNgrams } from "./ngram-counts.js";
import { endSymbol, type NgramTable, startSymbol } from "./ngram-table.js";

const firstByte = 2;
/** Start, end, and the bytes that UTF-8 has: 0 to 0xf4. */
const spellingSymbols = firstByte + 0xf5;
const spellingOrder = 5;

/** Counts how pieces are spelled: n-grams of their UTF-8 bytes, with an end. */
export function countSpellings(pieces: readonly string[]): NgramTable {
  return countNgrams(pieces.map(symbolsOfSpelling), spellingSymbols, spellingOrder);
}

/** log p(spelling): Σ log p(byte | bytes before it), and of the end. Half characters are spelled as U+FFFD. */
export function logSpelling(model: KneserNey, piece: string): number {
  const symbols = symbolsOfSpelling(piece);
  let log = 0;
  for (let i = 1; i < symbols.length; i++) log += Math.log(probabilityOf(model, symbols, i, symbols[i]));
  return log;
}

function symbolsOfSpelling(piece: string): number[] {
  return [startSymbol, ...Array.from(Buffer.from(piece), (byte) => byte + firstByte), endSymbol];
}
