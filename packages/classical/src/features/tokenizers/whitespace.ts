import { kinds, loadKinds, space, surrogate } from "./character-kinds.js";
import { roomFor, type TokenBounds, type Tokenizer } from "./tokenizer.js";

/** Whatever stands between white space. */
export const whitespace: Tokenizer = {
  name: "whitespace",
  about: "whatever stands between white space",
  tokenize: tokenizeRuns,
};

/** Exactly the matches of `\S+`. */
function tokenizeRuns(text: string, into: TokenBounds): number {
  const length = text.length;
  const offsets = roomFor(into, (length >> 1) + 1);
  let at = 0;
  let start = -1;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    let kind = kinds[unit];
    if (kind > surrogate) kind = loadKinds(unit);
    if (kind !== space) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      offsets[at++] = start;
      offsets[at++] = i;
      start = -1;
    }
  }
  if (start >= 0) {
    offsets[at++] = start;
    offsets[at++] = length;
  }
  return at >> 1;
}
