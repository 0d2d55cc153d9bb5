import { casesOf, type OtherCase } from "./hmm-case.js";
import { openSuffixes } from "./hmm-guesser.js";
import type { HmmParams } from "./hmm-params.js";
import { otherState, stateSpace } from "./hmm-states.js";
import { type Observations, roomFor } from "./hmm-trellis.js";

/** What the model says of words. */
export interface Emissions {
  /** The candidates of each token; the memory is used again by the next sentence. */
  read(tokens: readonly string[]): Observations;
  /** Natural logarithm of the factors that `read` left out of the probabilities of these tokens. */
  logFactors(tokens: readonly string[]): number;
}

/** Opens what is known of words; memory linear in the vocabulary. */
export function openEmissions(params: HmmParams): Emissions {
  const space = stateSpace(params);
  const states = space.count;
  const { recasing, recasedMass } = params;
  const places = new Map(params.vocabulary.map((word, place) => [word, place]));
  const guesser = openSuffixes(params, space);
  const own = recasedMass.map((mass) => (mass > 0 ? 1 - recasing : 1));
  const scales = own.map((share, state) => {
    const mass = params.unknownMass[state];
    return mass === 0 ? 0 : (share * mass) / params.guessMass[state];
  });
  const row = new Float64Array(states);

  const isKnown = (word: string): boolean => places.has(word);
  const knownCases = (word: string): readonly OtherCase[] => (recasing === 0 ? [] : casesOf(word, isKnown));

  /** Adds what comes to a word from known words in another case. */
  function addRecased(cases: readonly OtherCase[]): void {
    for (const { word: source, share } of cases) {
      const place = places.get(source) as number;
      for (let i = params.wordOffsets[place]; i < params.wordOffsets[place + 1]; i++) {
        const state = otherState(space, params.wordStates[i]);
        if (recasedMass[state] > 0) row[state] += (recasing * share * params.wordProbabilities[i]) / recasedMass[state];
      }
    }
  }

  /** Fills the row of a word that is not in the vocabulary; answers whether its spelling was left out. */
  function guessRow(word: string): boolean {
    guesser.guess(word, row);
    for (let state = 0; state < states; state++) row[state] *= scales[state];
    const cases = knownCases(word);
    if (cases.length === 0) return true;
    const spelling = Math.exp(guesser.logSpelling(word));
    for (let state = 0; state < states; state++) row[state] *= spelling;
    addRecased(cases);
    return false;
  }

  /** The rows of known words, each worked out when it is first read: most words of a vocabulary never are. */
  const starts = new Uint32Array(params.vocabulary.length);
  const ends = new Uint32Array(params.vocabulary.length);
  /** A word comes to two others at most in another case. */
  const knownStates = new Uint8Array(3 * params.wordStates.length);
  const knownProbabilities = new Float64Array(knownStates.length);
  let knownLength = 0;

  function learnRow(word: string, place: number): void {
    row.fill(0);
    for (let i = params.wordOffsets[place]; i < params.wordOffsets[place + 1]; i++) {
      row[params.wordStates[i]] = own[params.wordStates[i]] * params.wordProbabilities[i];
    }
    addRecased(knownCases(word));
    starts[place] = knownLength;
    for (let state = 0; state < states; state++) {
      if (row[state] === 0) continue;
      knownStates[knownLength] = state;
      knownProbabilities[knownLength++] = row[state];
    }
    ends[place] = knownLength;
  }

  let offsets = new Uint32Array(64);
  let candidates = new Uint8Array(1024);
  let probabilities = new Float64Array(1024);

  return {
    read(tokens) {
      const { length } = tokens;
      if (offsets.length <= length) offsets = new Uint32Array(2 * length + 2);
      if (candidates.length < length * states) {
        candidates = new Uint8Array(2 * length * states);
        probabilities = roomFor(length * states, probabilities);
      }
      const [its, chances] = [candidates, probabilities];
      let at = 0;
      for (let i = 0; i < length; i++) {
        offsets[i] = at;
        const place = places.get(tokens[i]);
        if (place === undefined) {
          guessRow(tokens[i]);
          for (let state = 0; state < states; state++) {
            if (row[state] === 0) continue;
            its[at] = state;
            chances[at++] = row[state];
          }
        } else {
          if (ends[place] === 0) learnRow(tokens[i], place);
          for (let from = starts[place]; from < ends[place]; from++, at++) {
            its[at] = knownStates[from];
            chances[at] = knownProbabilities[from];
          }
        }
      }
      offsets[length] = at;
      return { length, offsets, tags: its, probabilities: chances };
    },
    logFactors(tokens) {
      let log = 0;
      for (const token of tokens) if (!places.has(token) && guessRow(token)) log += guesser.logSpelling(token);
      return log;
    },
  };
}
