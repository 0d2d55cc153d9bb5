import { withoutAddresses } from "./addresses.js";
import { addTerm, makeRoomForTerms, noTerms, type TermFinder } from "./found-terms.js";
import { absent } from "./hash-slots.js";
import { findChild } from "./term-trie.js";
import type { TextFeatures } from "./text-features.js";
import { findToken } from "./token-table.js";
import { tokenBounds } from "./tokenizers/tokenizer.js";
import { tokenizerNamed } from "./tokenizers/tokenizers.js";
import { hasNumber } from "./tokenizers/word.js";
import type { Vocabulary } from "./vocabulary.js";

/**
 * Finds the runs of words of a vocabulary, which grows no more. The tokens of a text are looked up all before the runs:
 * in loops as short as these the processor asks the memory for several answers at once.
 */
export function knownWords(features: TextFeatures, vocabulary: Vocabulary): TermFinder {
  const { tokenize } = tokenizerNamed(features.tokenizer);
  const { withoutAddresses: isAnonymous, ngrams } = features;
  const { tokens: table, trie, unigrams, columns } = vocabulary;
  const found = noTerms();
  const into = tokenBounds();
  // The node of each run of n words that ends at the last token, or `absent`.
  const open = new Int32Array(ngrams + 1);
  let numbers = new Int32Array(256);
  const findTokens = (text: string, count: number): void => {
    const offsets = into.offsets;
    if (numbers.length < count) numbers = new Int32Array(2 * count);
    for (let i = 0; i < count; i++) {
      const start = offsets[2 * i];
      const end = offsets[2 * i + 1];
      numbers[i] = isAnonymous && hasNumber(text, start, end) ? absent : findToken(table, text, start, end);
    }
  };
  /** Single words and pairs, by far the most common case. */
  const findPairs = (count: number): void => {
    const ids = found.ids;
    let length = 0;
    let last = absent;
    for (let i = 0; i < count; i++) {
      const token = numbers[i];
      if (token === absent) {
        last = absent;
        continue;
      }
      if (last !== absent) {
        const pair = findChild(trie, last, token);
        if (pair !== absent && pair < columns) ids[length++] = pair;
      }
      last = unigrams[token];
      if (last !== absent && last < columns) ids[length++] = last;
    }
    found.length = length;
  };
  const findRuns = (count: number): void => {
    const offsets = into.offsets;
    open.fill(absent);
    for (let i = 0; i < count; i++) {
      const token = numbers[i];
      if (token === absent) {
        open.fill(absent);
        continue;
      }
      for (let n = ngrams; n > 0; n--) {
        const node = n === 1 ? unigrams[token] : open[n - 1] === absent ? absent : findChild(trie, open[n - 1], token);
        open[n] = node;
        if (node !== absent && node < columns) addTerm(found, node, offsets[2 * (i - n + 1)], offsets[2 * i + 1]);
      }
    }
  };
  return {
    found,
    find(given, { withBounds } = { withBounds: false }) {
      const text = isAnonymous ? withoutAddresses(given) : given;
      const count = tokenize(text, into);
      found.length = 0;
      found.tokens = count;
      found.bounds = withBounds ? [] : undefined;
      makeRoomForTerms(found, ngrams * count);
      findTokens(text, count);
      if (ngrams === 2 && !withBounds) findPairs(count);
      else findRuns(count);
    },
  };
}
