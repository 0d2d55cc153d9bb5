import { readsSuchWords } from "./ascii-text.js";
import { addTerms, type FindTerms, makeRoomForTerms, noTerms } from "./found-terms.js";
import { absent, longer } from "./hash-slots.js";
import { addLongerRuns } from "./lengthen-runs.js";
import { tokenLowerer } from "./lowered-tokens.js";
import { type MachineGrowth, machineGrowth } from "./machine-growth.js";
import { addTokens } from "./number-tokens.js";
import { appendNode, wordRoot } from "./term-trie.js";
import type { TextFeatures } from "./text-features.js";
import type { Vocabulary } from "./vocabulary.js";

/** Finds every term of texts, by the number of its node: a vocabulary grows by those that are new. */
export interface GrowingTerms {
  readonly find: FindTerms;
  /** To be called once nobody looks at the vocabulary any more. */
  close(): void;
}

/**
 * Finds every run of words of texts.
 * @param mostBytes that machine code may have for it
 */
export function allWords(features: TextFeatures, vocabulary: Vocabulary, mostBytes?: number): GrowingTerms {
  const { ngrams } = features;
  const { lowered, lower } = tokenLowerer(features);
  const number = addTokens(vocabulary.tokens);
  const lengthen = addLongerRuns(vocabulary.trie);
  const found = noTerms();
  let machine = readsSuchWords(features) ? machineGrowth(vocabulary, mostBytes) : undefined;
  let arrays: readonly Int32Array[] = [];
  const makeRoom = (count: number, units: number): void => {
    makeRoomForTerms(found, ngrams * count);
    // A node for each token, and one for each longer run.
    const isStill = machine?.makeRoom(count, units, Math.max(1, ngrams) * count);
    if (isStill === true) arrays = (machine as MachineGrowth).arrays;
    else if (isStill === false || arrays.length === 0 || arrays[0].length < count) {
      machine = undefined;
      arrays = [0, 1, 2].map(() => new Int32Array(2 * count));
    }
  };
  /** Writes the numbers of the tokens of a text into the first array. */
  const numberText = (text: string): number => {
    const parted = machine?.part(text);
    if (parted !== undefined) makeRoom(parted, text.length);
    // There may have been no room for more.
    if (parted !== undefined && machine !== undefined) {
      machine.number(parted, arrays[0]);
      return parted;
    }
    const count = lower(text);
    makeRoom(count, lowered.starts[count]);
    number(lowered, count, arrays[0]);
    return count;
  };
  const find: FindTerms = (text) => {
    found.length = 0;
    const count = numberText(text);
    found.tokens = count;
    addUnigrams(vocabulary);
    const { unigrams } = vocabulary;
    const numbers = arrays[0];
    let runs = arrays[1];
    let longerRuns = arrays[2];
    for (let i = 0; i < count; i++) runs[i] = numbers[i] === absent ? absent : unigrams[numbers[i]];
    addTerms(found, runs, count);
    for (let n = 2; n <= ngrams; n++) {
      (machine?.lengthen ?? lengthen)(runs, numbers, count, longerRuns);
      addTerms(found, longerRuns, count);
      [runs, longerRuns] = [longerRuns, runs];
    }
    return found;
  };
  return { find, close: () => machine?.close() };
}

/** Adds the nodes of tokens that have none yet. */
export function addUnigrams(vocabulary: Vocabulary): void {
  const { tokens, trie } = vocabulary;
  if (tokens.size > vocabulary.unigrams.length) vocabulary.unigrams = longer(vocabulary.unigrams, 2 * tokens.size);
  for (; vocabulary.known < tokens.size; vocabulary.known++)
    vocabulary.unigrams[vocabulary.known] = appendNode(trie, wordRoot, vocabulary.known);
}
