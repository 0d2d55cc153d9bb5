import { type BackoffNgrams, logProbabilitiesOf } from "./ngram-backoff.js";
import { estimateNgrams } from "./ngram-estimate.js";
import { tallyNgrams } from "./ngram-tally.js";
import { firstOwnSymbol } from "./ngram-tree.js";

/** The special ones, and the bytes that UTF-8 has: 0 to 0xf4. */
export const spellingSymbols = firstOwnSymbol + 0xf5;
const spellingOrder = 5;

/** Learns how units are spelled: n-grams of their UTF-8 bytes, with an end. */
export function learnSpellings(units: readonly string[]): BackoffNgrams {
  return estimateNgrams(tallyNgrams(units.map(symbolsOfSpelling), { symbols: spellingSymbols, order: spellingOrder }));
}

/** ln p(spelling): Σ ln p(byte | bytes before it), and of the end. Half characters are spelled as U+FFFD. */
export function logSpelling(model: BackoffNgrams, unit: string): number {
  const logs = logProbabilitiesOf(model, symbolsOfSpelling(unit));
  return logs.reduce((sum, log) => sum + log, 0) * Math.LN10;
}

function symbolsOfSpelling(unit: string): Uint8Array {
  return Uint8Array.from(Buffer.from(unit), (byte) => byte + firstOwnSymbol);
}
