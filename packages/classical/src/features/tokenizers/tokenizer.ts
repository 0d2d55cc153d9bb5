/** Where tokens stand in a text: token `i` from `offsets[2 * i]` to `offsets[2 * i + 1]`, exclusive, in UTF-16 units. */
export interface TokenBounds {
  offsets: Uint32Array;
}

/** Parts a text into tokens. One file and one line in `tokenizers`. */
export interface Tokenizer {
  readonly name: string;
  /** What it parts a text at, for people. */
  readonly about: string;
  /** Puts the bounds of each token into `into`, in order and never overlapping, and gives their number. */
  readonly tokenize: (text: string, into: TokenBounds) => number;
}

/** Bounds to be filled again and again. */
export function tokenBounds(): TokenBounds {
  return { offsets: new Uint32Array(256) };
}

/** The offsets of the bounds, made long enough for so many tokens; what they hold stays. */
export function roomFor(bounds: TokenBounds, tokens: number): Uint32Array {
  if (bounds.offsets.length < 2 * tokens) {
    const longer = new Uint32Array(4 * tokens);
    longer.set(bounds.offsets);
    bounds.offsets = longer;
  }
  return bounds.offsets;
}

/**
 * Adds the bounds of tokens that come as strings, each looked for behind the one before it, to the `count` that stand
 * there, and gives how many there are then. A token that the text does not have is left out.
 * @param origin where in the whole text this one begins
 */
export function placeTokens(
  text: string,
  tokens: readonly string[],
  into: TokenBounds,
  { count = 0, origin = 0 } = {},
): number {
  const offsets = roomFor(into, count + tokens.length);
  let placed = count;
  let at = 0;
  for (const token of tokens) {
    const found = text.indexOf(token, at);
    if (found < 0 || token.trim() === "") continue;
    at = found + token.length;
    offsets[2 * placed] = origin + found;
    offsets[2 * placed++ + 1] = origin + at;
  }
  return placed;
}
