import { addTerm, type FindTerms, makeRoomForTerms, noTerms } from "./found-terms.js";
import { absent } from "./hash-slots.js";
import { findLongerRuns } from "./lengthen-runs.js";
import { tokenNumberer } from "./number-text.js";
import type { TextFeatures } from "./text-features.js";
import type { Vocabulary } from "./vocabulary.js";

/** Finds the runs of words of a vocabulary, which grows no more: all tokens of a text, then all pairs, and so on. */
export function knownWords(features: TextFeatures, vocabulary: Vocabulary): FindTerms {
  const { ngrams } = features;
  const { tokens, trie, unigrams, columns } = vocabulary;
  const numbered = tokenNumberer(features, tokens);
  const lengthen = findLongerRuns(trie);
  const found = noTerms();
  // The nodes of the runs of n tokens that end at each token, or `absent`, at n - 1.
  let runs = Array.from({ length: ngrams }, () => new Int32Array(256));
  const makeRoom = (count: number): void => {
    makeRoomForTerms(found, ngrams * count);
    if (runs[0].length >= count) return;
    runs = runs.map(() => new Int32Array(2 * count));
  };
  const findRuns = (numbers: Int32Array, count: number): void => {
    for (const [shorter, run] of runs.entries()) {
      if (shorter > 0) lengthen(runs[shorter - 1], numbers, count, run);
      else for (let i = 0; i < count; i++) run[i] = numbers[i] === absent ? absent : unigrams[numbers[i]];
    }
  };
  /** Single words and pairs, by far the most common case. Each is written and kept if so: a branch would be guessed wrong. */
  const keepPairs = ([words, pairs]: readonly Int32Array[], count: number): void => {
    const ids = found.ids;
    let length = 0;
    for (let i = 0; i < count; i++) {
      ids[length] = pairs[i];
      length += Number(pairs[i] !== absent && pairs[i] < columns);
      ids[length] = words[i];
      length += Number(words[i] !== absent && words[i] < columns);
    }
    found.length = length;
  };
  const keepRuns = (count: number): void => {
    const { offsets } = numbered.bounds;
    for (let i = 0; i < count; i++)
      for (let n = ngrams; n > 0; n--) {
        const node = runs[n - 1][i];
        if (node !== absent && node < columns) addTerm(found, node, offsets[2 * (i - n + 1)], offsets[2 * i + 1]);
      }
  };
  return (text, { withBounds } = { withBounds: false }) => {
    const count = numbered.read(text, withBounds);
    found.length = 0;
    found.tokens = count;
    found.bounds = withBounds ? [] : undefined;
    makeRoom(count);
    findRuns(numbered.numbers, count);
    if (ngrams === 2 && !withBounds) keepPairs(runs, count);
    else keepRuns(count);
    return found;
  };
}
