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

/** The candidates of so many words are kept, and so many candidates, at most. */
const mostKept = 2 ** 15;
const mostCandidates = 2 ** 18;

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

  function knownRow(word: string, place: number): void {
    row.fill(0);
    for (let i = params.wordOffsets[place]; i < params.wordOffsets[place + 1]; i++) {
      row[params.wordStates[i]] = own[params.wordStates[i]] * params.wordProbabilities[i];
    }
    addRecased(knownCases(word));
  }

  /** The candidates of words read lately, worked out when each was first read: those of the word `n` begin at `starts[n]`. */
  const kept = new Map<string, number>();
  const starts = new Uint32Array(mostKept + 1);
  const keptStates = new Uint8Array(mostCandidates);
  const keptProbabilities = new Float64Array(mostCandidates);

  function keep(word: string): number {
    if (kept.size === mostKept || starts[kept.size] + states > mostCandidates) kept.clear();
    const place = places.get(word);
    if (place === undefined) guessRow(word);
    else knownRow(word, place);
    const number = kept.size;
    kept.set(word, number);
    let at = starts[number];
    for (let state = 0; state < states; state++) {
      if (row[state] === 0) continue;
      keptStates[at] = state;
      keptProbabilities[at++] = row[state];
    }
    starts[number + 1] = at;
    return number;
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
        const number = kept.get(tokens[i]) ?? keep(tokens[i]);
        for (let from = starts[number]; from < starts[number + 1]; from++, at++) {
          its[at] = keptStates[from];
          chances[at] = keptProbabilities[from];
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
