import { readsSuchWords } from "./ascii-text.js";
import { type AsciiWords, asciiWords } from "./ascii-words.js";
import { tokenLowerer } from "./lowered-tokens.js";
import { findTokens } from "./number-tokens.js";
import type { TextFeatures } from "./text-features.js";
import type { TokenTable } from "./token-table.js";
import type { TokenBounds } from "./tokenizers/tokenizer.js";

/** Parts texts into tokens, and finds their numbers in a table. */
export interface TokenNumberer {
  /** The number of each token of the last text, or `absent`. */
  numbers: Int32Array;
  /** Where these stand, if that was asked for. */
  readonly bounds: TokenBounds;
  /** Reads a text; how many tokens it has. */
  read(text: string, withBounds: boolean): number;
}

/** Finding words of ASCII in machine code is worth making ready for after so many characters, and so many a token of the table. */
const [worthAfter, worthAfterEach] = [300_000, 16];

/** Finds the tokens of a table, which grows no more; one left out is `absent`. */
export function tokenNumberer(features: TextFeatures, tokens: TokenTable): TokenNumberer {
  const { lowered, lower } = tokenLowerer(features);
  const number = findTokens(tokens);
  let numbers = new Int32Array(256);
  let left = worthAfter + worthAfterEach * tokens.size;
  let ascii: AsciiWords | undefined;
  const isWorth = readsSuchWords(features);
  const readAny = (text: string): number => {
    const count = lower(text);
    if (numbers.length < count) numbers = new Int32Array(2 * count);
    number(lowered, count, numbers);
    numbered.numbers = numbers;
    return count;
  };
  const readAscii = (text: string): number | undefined => {
    if (ascii === undefined) {
      left -= text.length;
      if (left > 0) return undefined;
      ascii = asciiWords(tokens);
    }
    const count = ascii.read(text);
    if (count !== undefined) numbered.numbers = ascii.numbers;
    return count;
  };
  const numbered: TokenNumberer = {
    numbers,
    bounds: lowered.bounds,
    read: (text, withBounds) => (isWorth && !withBounds ? readAscii(text) : undefined) ?? readAny(text),
  };
  return numbered;
}
