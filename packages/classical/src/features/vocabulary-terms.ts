import { addUnigrams, allWords } from "./all-words.js";
import { type MarkedCharacters, markedCharacters, readCharacters } from "./character-runs.js";
import { addTerm, makeRoomForTerms, noTerms, type TermFinder, termFinder } from "./found-terms.js";
import { absent } from "./hash-slots.js";
import { knownWords } from "./known-words.js";
import { addChild, characterRoot, findChild } from "./term-trie.js";
import type { TextFeatures } from "./text-features.js";
import { addToken, ask, findToken } from "./token-table.js";
import type { Vocabulary } from "./vocabulary.js";

/** Finds the terms of a vocabulary in texts, by the numbers of their columns. */
export function knownTerms(features: TextFeatures, vocabulary: Vocabulary): TermFinder {
  if (features.characterNgrams === undefined) return knownWords(features, vocabulary);
  return finder(features, vocabulary, vocabulary.columns, false);
}

/** Finds every term of texts, by the number of its node: a vocabulary grows by those that are new. */
export function allTerms(features: TextFeatures, vocabulary: Vocabulary): TermFinder {
  if (features.characterNgrams === undefined) return allWords(features, vocabulary);
  return finder(features, vocabulary, Number.POSITIVE_INFINITY, true);
}

function finder(features: TextFeatures, vocabulary: Vocabulary, columns: number, grows: boolean): TermFinder {
  const { ngrams, characterNgrams: [shortest, longest] = [0, 0] } = features;
  const { tokens, trie } = vocabulary;
  const found = noTerms();
  // The node of each run of n words that ends at the last token, or `absent`.
  const open = new Int32Array(ngrams + 1).fill(absent);
  const characters = markedCharacters();
  const visitWord = (token: number, offsets: Uint32Array, index: number): void => {
    if (token === absent) {
      open.fill(absent);
      return;
    }
    if (grows) addUnigrams(vocabulary);
    const end = offsets[2 * index + 1];
    for (let n = ngrams; n > 1; n--) {
      const parent = open[n - 1];
      let node = absent;
      if (parent !== absent) node = grows ? addChild(trie, parent, token) : findChild(trie, parent, token);
      open[n] = node;
      if (node !== absent && node < columns) addTerm(found, node, offsets[2 * (index - n + 1)], end);
    }
    const node = vocabulary.unigrams[token];
    open[1] = node;
    if (node !== absent && node < columns) addTerm(found, node, offsets[2 * index], end);
  };
  const visitRun = (first: number, start: number, end: number): void => {
    let node = characterRoot;
    const last = Math.min(first + longest, characters.length);
    for (let i = first; i < last; i++) {
      const symbol = characters.codePoints[i];
      node = grows ? addChild(trie, node, symbol) : findChild(trie, node, symbol);
      if (node === absent) return;
      // A token shorter than the shortest run is a run, whole.
      const isRun = i - first + 1 >= shortest || i + 1 === characters.length;
      if (isRun && node < columns)
        addTerm(found, node, placeOf(characters, first, start, end), placeOf(characters, i + 1, start, end));
    }
  };
  const visitCharacters = (token: number, start: number, end: number): void => {
    const from = tokens.starts[token === absent ? tokens.size : token];
    readCharacters(characters, tokens.units, from, from + tokens.askedLength);
    makeRoomForTerms(found, characters.length * longest);
    const runs = Math.max(1, characters.length - shortest + 1);
    for (let first = 0; first < runs; first++) visitRun(first, start, end);
  };
  return termFinder(features, found, {
    begin: () => {
      open.fill(absent);
    },
    visit(text, offsets, index) {
      const start = offsets[2 * index];
      const end = offsets[2 * index + 1];
      let token = absent;
      if (ngrams === 0) ask(tokens, text, start, end);
      else {
        token = grows ? addToken(tokens, text, start, end) : findToken(tokens, text, start, end);
        makeRoomForTerms(found, ngrams);
        visitWord(token, offsets, index);
      }
      if (longest > 0) visitCharacters(token, start, end);
    },
  });
}

/** Where a character stands in the text; within the token even where lower-casing made it longer. */
function placeOf({ places }: MarkedCharacters, character: number, start: number, end: number): number {
  return Math.min(end, start + places[character]);
}
