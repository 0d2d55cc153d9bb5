import { type Params, unfitting } from "../model-file.js";
import { stateSpace } from "./hmm-states.js";
import { roots, type SuffixTrie } from "./hmm-suffixes.js";

/** How a sentence is tagged: by the likeliest sequence of tags, or by the likeliest tag of each token. */
export const decodings = ["viterbi", "posterior"] as const;

export type Decoding = (typeof decodings)[number];

/** States are kept in 8 bits, and with order 2 their triples in memory. */
export const mostStates = 200;

/** Words and their states, as plain data; `EmissionParams` of a model and a guess at words that it does not know. */
export interface EmissionParams extends SuffixTrie {
  readonly vocabulary: readonly string[];
  /** Where the states of each word begin in `wordStates`; one more than words. */
  readonly wordOffsets: Uint32Array;
  /** The states that each word may come from, rising. */
  readonly wordStates: Uint8Array;
  /** p(word | state), beside `wordStates`. Those of a state and its `unknownMass` add up to 1. */
  readonly wordProbabilities: Float64Array;
  /** Of each state, p(a word that is not in the vocabulary | state). */
  readonly unknownMass: Float64Array;
  /** Of each state, Σ p(state | ending of word) · p(spelling of word) over all words that are not in the vocabulary. */
  readonly guessMass: Float64Array;
  /** p(a word is written in the other case than the vocabulary has it). */
  readonly recasing: number;
  /** Of each state, Σ p(word | state) over the words of the vocabulary that come to it by another case. */
  readonly recasedMass: Float64Array;
}

/**
 * A hidden Markov model of tokens, as plain data: `p(tokens, states) = Π p(state | the `order` states before it) ·
 * p(token | state)`, the end included. A state is a tag, or with `capitals` a tag and whether the token begins with a
 * capital: those of the first half of states do not.
 */
export interface HmmParams extends Params, EmissionParams {
  readonly kind: "hmm";
  readonly version: 1;
  /** How many states before it a state depends on: 1 or 2. */
  readonly order: number;
  readonly decoding: Decoding;
  readonly tags: readonly string[];
  readonly capitals: boolean;
  /** (states + 1)^order × (states + 1): p(next | before, the oldest first). As context the last is the start, as next the end. */
  readonly transitions: Float64Array;
}

/** @throws {BifocalError} `model-damaged` where the parts do not fit each other. */
export function checkHmmParams(params: HmmParams, name: string): void {
  if (!fitsChain(params) || !fitsWords(params) || !fitsSuffixes(params)) throw unfitting(name);
}

function fitsChain(params: HmmParams): boolean {
  const { order, decoding, tags, capitals, transitions } = params;
  return (
    (order === 1 || order === 2) &&
    decodings.includes(decoding) &&
    Array.isArray(tags) &&
    tags.length > 0 &&
    typeof capitals === "boolean" &&
    stateSpace(params).count <= mostStates &&
    areProbabilities(transitions, (stateSpace(params).count + 1) ** (order + 1))
  );
}

function fitsWords(params: HmmParams): boolean {
  const { vocabulary, wordOffsets, wordStates, wordProbabilities, unknownMass, guessMass, recasedMass } = params;
  const states = stateSpace(params).count;
  return (
    Array.isArray(vocabulary) &&
    new Set(vocabulary).size === vocabulary.length &&
    areStates(wordStates, states) &&
    areOffsets(wordOffsets, vocabulary.length, wordStates.length) &&
    areProbabilities(wordProbabilities, wordStates.length) &&
    [unknownMass, guessMass, recasedMass].every((each) => areProbabilities(each, states)) &&
    unknownMass.every((mass, state) => mass === 0 || guessMass[state] > 0) &&
    params.recasing >= 0 &&
    params.recasing < 1
  );
}

function fitsSuffixes(params: HmmParams): boolean {
  const { suffixUnits, suffixChildren, suffixWords, suffixWhole, suffixOffsets, suffixStates, suffixCounts } = params;
  return (
    suffixUnits instanceof Uint16Array &&
    [suffixChildren, suffixWords, suffixWhole].every((each) => isCounts(each, suffixUnits.length)) &&
    suffixChildren.reduce((sum, each) => sum + each, roots) === suffixUnits.length &&
    areStates(suffixStates, stateSpace(params).count) &&
    areOffsets(suffixOffsets, suffixUnits.length, suffixStates.length) &&
    suffixCounts instanceof Float32Array &&
    suffixCounts.length === suffixStates.length &&
    suffixCounts.every((count) => count >= 0) &&
    params.theta >= 0 &&
    params.suffixSmoothing >= 0
  );
}

function areStates(array: unknown, states: number): boolean {
  return array instanceof Uint8Array && array.every((state) => state < states);
}

function isCounts(array: unknown, length: number): boolean {
  return array instanceof Uint32Array && array.length === length;
}

function areProbabilities(array: unknown, length: number): boolean {
  return array instanceof Float64Array && array.length === length && array.every((each) => each >= 0 && each <= 1);
}

/** Rising from 0 to `end`, one more than there are things. */
function areOffsets(array: unknown, things: number, end: number): boolean {
  return (
    array instanceof Uint32Array &&
    array.length === things + 1 &&
    array[0] === 0 &&
    array[things] === end &&
    array.every((offset, i) => i === 0 || offset >= (array[i - 1] ?? 0))
  );
}
