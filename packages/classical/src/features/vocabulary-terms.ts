import { allWords, type GrowingTerms } from "./all-words.js";
import { type MarkedCharacters, markedCharacters, readCharacters } from "./character-runs.js";
import { addTerm, type FindTerms, makeRoomForTerms, noTerms, termFinder } from "./found-terms.js";
import { absent } from "./hash-slots.js";
import { knownWords } from "./known-words.js";
import { lookupAtRest } from "./lookup-at-rest.js";
import { growingLookup, knownLookup, type TermLookup } from "./term-lookup.js";
import type { TextFeatures } from "./text-features.js";
import { ask } from "./token-table.js";
import type { Vocabulary } from "./vocabulary.js";
import { decodeVocabulary, openVocabulary } from "./vocabulary-bytes.js";

/**
 * So many UTF-16 units of text for each node are read at rest. To read a node into memory took 0.2 to 0.6 µs; in memory
 * a unit of text took some 0.1 µs less.
 */
const unitsPerNode = 4;

/**
 * Finds the terms of a vocabulary at rest in texts, by the numbers of their columns: as it lies in the first texts, and in
 * memory once so much text came that reading all of the vocabulary pays.
 * @throws {BifocalError} `model-damaged` where the bytes are none that `encodeVocabulary` writes: at once where their
 * parts are not as long as they say, otherwise when all are read into memory
 */
export function knownTerms(features: TextFeatures, bytes: Uint8Array): FindTerms {
  const atRest = openVocabulary(bytes);
  let find = findBy(features, lookupAtRest(atRest));
  let unitsLeft = atRest.nodes * unitsPerNode;
  /** At its first call, and again at each where the bytes are damaged. */
  const findInMemory: FindTerms = (text, options) => {
    find = termsInMemory(features, decodeVocabulary(bytes));
    return find(text, options);
  };
  return (text, options) => {
    if (unitsLeft >= 0) {
      unitsLeft -= text.length;
      if (unitsLeft < 0) find = findInMemory;
    }
    return find(text, options);
  };
}

function termsInMemory(features: TextFeatures, vocabulary: Vocabulary): FindTerms {
  if (features.characterNgrams === undefined) return knownWords(features, vocabulary);
  return findBy(features, knownLookup(vocabulary));
}

/** Finds every term of texts. */
export function allTerms(features: TextFeatures, vocabulary: Vocabulary): GrowingTerms {
  if (features.characterNgrams === undefined) return allWords(features, vocabulary);
  return { find: findBy(features, growingLookup(vocabulary)), close() {} };
}

function findBy(features: TextFeatures, { tokens, findAsked, words, characters: runs }: TermLookup): FindTerms {
  const { ngrams, characterNgrams: [shortest, longest] = [0, 0] } = features;
  const found = noTerms();
  // The run of n words that ends at the last token, or `absent`.
  const open = new Int32Array(ngrams + 1).fill(absent);
  const characters = markedCharacters();
  const add = (id: number, start: number, end: number): void => {
    if (id !== absent) addTerm(found, id, start, end);
  };
  const visitWord = (token: number, offsets: Uint32Array, index: number): void => {
    if (token === absent) {
      open.fill(absent);
      return;
    }
    const end = offsets[2 * index + 1];
    for (let n = ngrams; n > 1; n--) {
      open[n] = open[n - 1] === absent ? absent : words.longer(open[n - 1], token);
      if (open[n] !== absent) add(words.idOf(open[n]), offsets[2 * (index - n + 1)], end);
    }
    open[1] = words.single(token);
    if (open[1] !== absent) add(words.idOf(open[1]), offsets[2 * index], end);
  };
  const visitRun = (first: number, start: number, end: number): void => {
    const last = Math.min(first + longest, characters.length);
    let run = runs.single(characters.codePoints[first]);
    for (let i = first + 1; run !== absent; i++) {
      // A token shorter than the shortest run is a run, whole.
      if (i - first >= shortest || i === characters.length)
        add(runs.idOf(run), placeOf(characters, first, start, end), placeOf(characters, i, start, end));
      if (i === last) return;
      run = runs.longer(run, characters.codePoints[i]);
    }
  };
  const visitCharacters = (start: number, end: number): void => {
    readCharacters(characters, tokens.units, tokens.askedStart, tokens.askedStart + tokens.askedLength);
    makeRoomForTerms(found, characters.length * longest);
    const firsts = Math.max(1, characters.length - shortest + 1);
    for (let first = 0; first < firsts; first++) visitRun(first, start, end);
  };
  return termFinder(features, found, {
    begin: () => {
      open.fill(absent);
    },
    visit(text, offsets, index) {
      const start = offsets[2 * index];
      const end = offsets[2 * index + 1];
      ask(tokens, text, start, end);
      if (ngrams > 0) {
        makeRoomForTerms(found, ngrams);
        visitWord(findAsked(), offsets, index);
      }
      if (longest > 0) visitCharacters(start, end);
    },
  });
}

/** Where a character stands in the text; within the token even where lower-casing made it longer. */
function placeOf({ places }: MarkedCharacters, character: number, start: number, end: number): number {
  return Math.min(end, start + places[character]);
}
