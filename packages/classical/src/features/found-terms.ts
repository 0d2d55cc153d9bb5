import { withoutAddresses } from "./addresses.js";
import { absent } from "./hash-slots.js";
import type { TextFeatures } from "./text-features.js";
import { tokenBounds } from "./tokenizers/tokenizer.js";
import { tokenizerNamed } from "./tokenizers/tokenizers.js";
import { hasNumber } from "./tokenizers/word.js";

/** The terms of a text in order of reading, doubles included: entries 0 to `length - 1`, kept until the next text. */
export interface FoundTerms {
  /** Number of each term's node or column. */
  ids: Int32Array;
  length: number;
  /** How many tokens were read, known or not. */
  tokens: number;
  /** Where each term stands, start and end, if that was asked for. */
  bounds: number[] | undefined;
}

/** Finds the terms of a text. */
export type FindTerms = (text: string, options?: { readonly withBounds: boolean }) => FoundTerms;

/** What becomes of the tokens of a text, in order. */
export interface TokenVisitor {
  /** A run of neighbours begins: at the start of a text, and behind what is left out. */
  begin(): void;
  /** Token `index` of the text, from `offsets[2 * index]` to `offsets[2 * index + 1]`. */
  visit(text: string, offsets: Uint32Array, index: number): void;
}

/** The finder that shows a visitor the tokens of each text. */
export function termFinder(features: TextFeatures, found: FoundTerms, { begin, visit }: TokenVisitor): FindTerms {
  const { tokenize } = tokenizerNamed(features.tokenizer);
  const isAnonymous = features.withoutAddresses;
  const into = tokenBounds();
  return (given, { withBounds } = { withBounds: false }) => {
    const text = isAnonymous ? withoutAddresses(given) : given;
    const tokens = tokenize(text, into);
    const offsets = into.offsets;
    found.length = 0;
    found.tokens = tokens;
    found.bounds = withBounds ? [] : undefined;
    begin();
    for (let index = 0; index < tokens; index++) {
      if (isAnonymous && hasNumber(text, offsets[2 * index], offsets[2 * index + 1])) begin();
      else visit(text, offsets, index);
    }
    return found;
  };
}

/** Terms not found yet. */
export function noTerms(): FoundTerms {
  return { ids: new Int32Array(1024), length: 0, tokens: 0, bounds: undefined };
}

/** Makes room for so many more terms. */
export function makeRoomForTerms(found: FoundTerms, more: number): void {
  if (found.length + more <= found.ids.length) return;
  const ids = new Int32Array(2 * (found.length + more));
  ids.set(found.ids);
  found.ids = ids;
}

/** Adds those of the first `count` terms that are not `absent`, for which there must be room, without their bounds. */
export function addTerms(found: FoundTerms, terms: Int32Array, count: number): void {
  const ids = found.ids;
  let length = found.length;
  // Each is written and kept if so: a branch would often be guessed wrong.
  for (let i = 0; i < count; i++) {
    ids[length] = terms[i];
    length += Number(terms[i] !== absent);
  }
  found.length = length;
}

/** Adds a term, for which there must be room. */
export function addTerm(found: FoundTerms, id: number, start: number, end: number): void {
  found.ids[found.length++] = id;
  if (found.bounds !== undefined) found.bounds.push(start, end);
}
