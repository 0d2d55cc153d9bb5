import { astralKind, kinds, loadKinds, mark, number, surrogate } from "./character-kinds.js";
import { roomFor, type TokenBounds, type Tokenizer } from "./tokenizer.js";

/** Runs of letters, combining marks, digits and `_` in any script, and every other visible character by itself. */
export const word: Tokenizer = {
  name: "word",
  about: "runs of letters, digits and _, and every other character alone",
  tokenize: tokenizeWords,
};

/** Exactly the matches of `[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]` with the flag u. */
function tokenizeWords(text: string, into: TokenBounds): number {
  const length = text.length;
  const offsets = roomFor(into, length + 1);
  let at = 0;
  let wasWord = 0;
  for (let i = 0, next = 1; i < length; i = next++) {
    const unit = text.charCodeAt(i);
    let kind = kinds[unit];
    if (kind >= surrogate) {
      if (kind > surrogate) kind = loadKinds(unit);
      if (kind === surrogate) {
        const codePoint = text.codePointAt(i) as number;
        kind = codePoint > 0xffff ? astralKind(codePoint) : mark;
        if (codePoint > 0xffff) next++;
      }
    }
    // What begins or ends here is written always and kept if so: a branch would be guessed wrong at every other token.
    const isWord = kind & 1;
    offsets[at] = i;
    at += isWord ^ wasWord;
    wasWord = isWord;
    offsets[at] = i;
    offsets[at + 1] = next;
    at += kind & mark & ~(kind << 1);
  }
  offsets[at] = length;
  return (at + wasWord) >> 1;
}

/** Whether a digit or other number (`\p{N}`) stands in that part of the text. */
export function hasNumber(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    let kind = kinds[unit];
    if (kind > surrogate) kind = loadKinds(unit);
    if (kind === surrogate) {
      const codePoint = text.codePointAt(i) as number;
      if (codePoint > 0xffff) {
        kind = astralKind(codePoint);
        i++;
      }
    }
    if (kind === number) return true;
  }
  return false;
}
