import { markedCharacters, readCharacters } from "./character-runs.js";
import { addTerm, type FindTerms, makeRoomForTerms, noTerms, termFinder } from "./found-terms.js";
import { murmurHash } from "./murmur-hash.js";
import type { TextFeatures } from "./text-features.js";
import { ask, tokenTable } from "./token-table.js";
import { putCodePoint } from "./utf8.js";

const wordSeed = 0;
/** Another one, so that the run of characters "the" and the word are told apart. */
const characterSeed = 1;

/**
 * Finds every term of texts, by a column that its hash chooses (Weinberger et al. 2009): |MurmurHash3| of its UTF-8
 * modulo 2^`hashBits`, as scikit-learn's HashingVectorizer. Without their sign: a negative count would be none to
 * naive Bayes, and where columns are many, terms that share one are few.
 */
export function hashedTerms(features: TextFeatures): FindTerms {
  const { ngrams, characterNgrams: [shortest, longest] = [0, 0], hashBits } = features;
  const mask = 2 ** hashBits - 1;
  const found = noTerms();
  // Holds the lower-cased units of one token; none is ever added.
  const scratch = tokenTable(16);
  const characters = markedCharacters();
  // The tokens of a run in UTF-8, a space between them, and where the last ones of them begin.
  let bytes = new Uint8Array(1024);
  let size = 0;
  let starts: number[] = [];
  const makeRoom = (more: number): void => {
    if (size + more <= bytes.length) return;
    const roomier = new Uint8Array(2 * (size + more));
    roomier.set(bytes);
    bytes = roomier;
  };
  const columnOf = (start: number, end: number, seed: number) => Math.abs(murmurHash(bytes, start, end, seed)) & mask;
  /** Puts characters `first` to `last - 1` behind the bytes and gives where they end. */
  const write = (first: number, last: number, at: number): number => {
    let end = at;
    for (let i = first; i < last; i++) end = putCodePoint(bytes, end, characters.codePoints[i]);
    return end;
  };
  const visitWord = (offsets: Uint32Array, index: number): void => {
    if (starts.length === ngrams) starts.shift();
    starts.push(size);
    const end = write(1, characters.length - 1, size);
    for (let n = starts.length; n > 0; n--) {
      const column = columnOf(starts[starts.length - n], end, wordSeed);
      addTerm(found, column, offsets[2 * (index - n + 1)], offsets[2 * index + 1]);
    }
    bytes[end] = 0x20;
    size = end + 1;
  };
  const visitCharacters = (start: number, end: number): void => {
    const runs = Math.max(1, characters.length - shortest + 1);
    for (let first = 0; first < runs; first++) {
      let at = write(first, Math.min(first + shortest, characters.length) - 1, size);
      for (let last = Math.min(first + shortest, characters.length); ; last++) {
        at = write(last - 1, last, at);
        const [from, to] = [start + characters.places[first], start + characters.places[last]];
        addTerm(found, columnOf(size, at, characterSeed), Math.min(end, from), Math.min(end, to));
        if (last === characters.length || last === first + longest) break;
      }
    }
  };
  return termFinder(features, found, {
    begin: () => {
      size = 0;
      starts = [];
    },
    visit(text, offsets, index) {
      const start = offsets[2 * index];
      const end = offsets[2 * index + 1];
      ask(scratch, text, start, end);
      readCharacters(characters, scratch.units, 0, scratch.askedLength);
      makeRoom(8 * characters.length);
      makeRoomForTerms(found, ngrams + characters.length * longest);
      if (ngrams > 0) visitWord(offsets, index);
      if (longest > 0) visitCharacters(start, end);
    },
  });
}
