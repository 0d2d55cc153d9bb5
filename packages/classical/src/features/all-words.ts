import { addTerms, type FindTerms, makeRoomForTerms, noTerms } from "./found-terms.js";
import { absent, longer } from "./hash-slots.js";
import { addLongerRuns } from "./lengthen-runs.js";
import { tokenLowerer } from "./lowered-tokens.js";
import { addTokens } from "./number-tokens.js";
import { appendNode, wordRoot } from "./term-trie.js";
import type { TextFeatures } from "./text-features.js";
import type { Vocabulary } from "./vocabulary.js";

/** Finds every run of words of texts, by the number of its node: a vocabulary grows by those that are new. */
export function allWords(features: TextFeatures, vocabulary: Vocabulary): FindTerms {
  const { ngrams } = features;
  const { lowered, lower } = tokenLowerer(features);
  const number = addTokens(vocabulary.tokens);
  const lengthen = addLongerRuns(vocabulary.trie);
  const found = noTerms();
  let numbers = new Int32Array(256);
  let runs = new Int32Array(256);
  let longerRuns = new Int32Array(256);
  const makeRoom = (count: number): void => {
    makeRoomForTerms(found, ngrams * count);
    if (numbers.length < count) [numbers, runs, longerRuns] = [0, 1, 2].map(() => new Int32Array(2 * count));
  };
  return (text) => {
    const count = lower(text);
    found.length = 0;
    found.tokens = count;
    makeRoom(count);
    number(lowered, count, numbers);
    addUnigrams(vocabulary);
    const { unigrams } = vocabulary;
    for (let i = 0; i < count; i++) runs[i] = numbers[i] === absent ? absent : unigrams[numbers[i]];
    addTerms(found, runs, count);
    for (let n = 2; n <= ngrams; n++) {
      lengthen(runs, numbers, count, longerRuns);
      addTerms(found, longerRuns, count);
      [runs, longerRuns] = [longerRuns, runs];
    }
    return found;
  };
}

/** Adds the nodes of tokens that have none yet. */
export function addUnigrams(vocabulary: Vocabulary): void {
  const { tokens, trie } = vocabulary;
  if (tokens.size > vocabulary.unigrams.length) vocabulary.unigrams = longer(vocabulary.unigrams, 2 * tokens.size);
  for (; vocabulary.known < tokens.size; vocabulary.known++)
    vocabulary.unigrams[vocabulary.known] = appendNode(trie, wordRoot, vocabulary.known);
}
