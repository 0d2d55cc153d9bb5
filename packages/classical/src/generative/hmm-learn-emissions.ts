import { otherCases } from "./hmm-case.js";
import { openSuffixes } from "./hmm-guesser.js";
import type { EmissionParams } from "./hmm-params.js";
import { otherState, outsideOf, type StateSpace } from "./hmm-states.js";
import { type CountedWord, countSuffixes, rootOf } from "./hmm-suffixes.js";

export interface EmissionSettings {
  readonly space: StateSpace;
  /** Words seen no more often tell the states of unseen ones. */
  readonly rareCount: number;
  /** Longest suffix, in UTF-16 units. */
  readonly longestSuffix: number;
  /** How many counts the states of a shorter suffix are worth; 0: the variance of tags decides, see `openSuffixes`. */
  readonly suffixSmoothing: number;
  /** How many times a known word counts as seen with the states that its ending suggests. */
  readonly guessWeight: number;
  readonly recasing: number;
}

/** A state that guesses at words come to less often than this has known words only. */
const leastMass = 1e-12;

/** What an ending suggests of a known word is left out below this share of how often the word was seen. */
const leastShare = 3e-3;

/**
 * p(word | state) of known words and of all others, which add up to 1:
 * `p(w | s) = (1 − u(s)) · m(w, s) / Σ m(w′, s)` with `m(w, s) = c(w, s) + g · p(s | ending of w)` of known words, and
 * `p(w | s) = u(s) · p(s | ending of w) · p(spelling of w) / Σ p(s | ending of w′) · p(spelling of w′)` of others, where
 * u(s) is the share of the state's tokens whose word was seen once (Good 1953).
 */
export function learnEmissions(words: readonly CountedWord[], settings: EmissionSettings): EmissionParams {
  const { space, recasing } = settings;
  const states = space.count;
  const totals = totalsOf(words, states);
  const rare = words.filter(({ counts, word }) => word !== "" && sum(counts) < settings.rareCount + 0.5);
  const { longestSuffix, suffixSmoothing } = settings;
  const trie = countSuffixes(rare, longestSuffix, { suffixSmoothing, theta: varianceOf(totals, space.capitals) });
  const guesser = openSuffixes(trie, space);
  const guess = new Float64Array(states);
  const guessMass = guesser.mass();
  const known = words.map((word) => {
    guesser.guess(word.word, guess);
    const spelling = Math.exp(guesser.logSpelling(word.word));
    for (let state = 0; state < states; state++) guessMass[state] -= guess[state] * spelling;
    return withGuess(word, guess, settings);
  });
  const masses = totalsOf(known, states);
  const unknownMass = unknownShares(words, totals).map((share, state) => {
    if (guessMass[state] < leastMass) return 0;
    return masses[state] === 0 ? 1 : share;
  });
  const counted = known.map(({ word, states: its, counts }) => ({
    word,
    states: its,
    counts: counts.map((count, i) => ((1 - unknownMass[its[i]]) * count) / masses[its[i]]),
  }));
  return {
    ...trie,
    ...packWords(counted),
    unknownMass,
    guessMass,
    recasing,
    recasedMass: recasedMassOf(counted, space),
  };
}

function withGuess(word: CountedWord, guess: Float64Array, settings: EmissionSettings): CountedWord {
  const { space, guessWeight } = settings;
  const needed = outsideOf(space, rootOf(word.word));
  const masses = new Map(word.states.map((state, i) => [state, word.counts[i]]));
  const least = leastShare * sum(word.counts);
  for (let state = 0; state < space.count; state++) {
    const share = Math.max(guessWeight * guess[state], state === needed ? least : 0);
    if (share > 0 && (masses.has(state) || share >= least)) masses.set(state, (masses.get(state) ?? 0) + share);
  }
  const inOrder = [...masses].sort(([a], [b]) => a - b);
  return { word: word.word, states: inOrder.map(([state]) => state), counts: inOrder.map(([, mass]) => mass) };
}

function packWords(words: readonly CountedWord[]) {
  const wordOffsets = new Uint32Array(words.length + 1);
  for (let i = 0; i < words.length; i++) wordOffsets[i + 1] = wordOffsets[i] + words[i].states.length;
  return {
    vocabulary: words.map(({ word }) => word),
    wordOffsets,
    wordStates: Uint8Array.from(words.flatMap(({ states }) => states)),
    wordProbabilities: Float64Array.from(words.flatMap(({ counts }) => counts)),
  };
}

function recasedMassOf(words: readonly CountedWord[], space: StateSpace): Float64Array {
  const mass = new Float64Array(space.count);
  for (const { word, states: its, counts } of words) {
    if (otherCases(word).length === 0) continue;
    for (let i = 0; i < its.length; i++) mass[otherState(space, its[i])] += counts[i];
  }
  return mass.map((each) => Math.min(1, each));
}

function totalsOf(words: readonly CountedWord[], states: number): Float64Array {
  const totals = new Float64Array(states);
  for (const { states: its, counts } of words) for (let i = 0; i < its.length; i++) totals[its[i]] += counts[i];
  return totals;
}

function sum(numbers: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < numbers.length; i++) total += numbers[i];
  return total;
}

/** The variance of the probabilities of tags (Brants 2000, equation 10), whatever the case. */
function varianceOf(totals: Float64Array, capitals: boolean): number {
  const tags = capitals ? totals.length / 2 : totals.length;
  const all = sum(totals);
  const squares = Array.from({ length: tags }, (_, tag) => {
    const count = totals[tag] + (capitals ? totals[tag + tags] : 0);
    return (count / all - 1 / tags) ** 2;
  });
  return sum(squares) / Math.max(1, tags - 1);
}

/** Of each state the share of its tokens whose word was seen once, after one more token with the mean share. */
function unknownShares(words: readonly CountedWord[], totals: Float64Array): Float64Array {
  const once = totalsOf(
    words.filter(({ counts }) => sum(counts) < 1.5),
    totals.length,
  );
  const mean = (sum(once) + 1) / (sum(totals) + 2);
  return once.map((count, state) => (count + mean) / (totals[state] + 1));
}
