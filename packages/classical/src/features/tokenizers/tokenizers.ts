import { BifocalError, didYouMean, type Span } from "@bifocal/contracts";
import { natural } from "./natural.js";
import { type Tokenizer, tokenBounds } from "./tokenizer.js";
import { whitespace } from "./whitespace.js";
import { wink } from "./wink.js";
import { word } from "./word.js";

/** Every tokenizer, by the name that a model's params remember. */
export const tokenizers: Readonly<Record<string, Tokenizer>> = { word, whitespace, natural, wink };

/** @throws {BifocalError} `unknown-option`, with the nearest names. */
export function tokenizerNamed(name: string): Tokenizer {
  const tokenizer = Object.hasOwn(tokenizers, name) ? tokenizers[name] : undefined;
  if (tokenizer !== undefined) return tokenizer;
  const hint = didYouMean(name, Object.keys(tokenizers));
  throw new BifocalError("unknown-option", `There is no tokenizer "${name}". ${hint}`);
}

/**
 * The tokens of a text, each where it stands.
 * @throws {BifocalError} `unknown-option` for a tokenizer that does not exist.
 * @example tokenize("Good film!") // [{ text: "Good", start: 0, end: 4 }, …]
 */
export function tokenize(text: string, name = "word"): Span[] {
  const bounds = tokenBounds();
  const count = tokenizerNamed(name).tokenize(text, bounds);
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = bounds.offsets.subarray(2 * i);
    return { text: text.slice(start, end), start, end };
  });
}
