import { BifocalError } from "@bifocal/contracts";
import { splitPieces } from "../features/pieces.js";
import type { Learner, PlainText, TrainingContext } from "../learner.js";
import { type ExpectedCounts, expect, maximize, randomChain } from "./hmm-baum-welch.js";
import { learnEmissions } from "./hmm-learn-emissions.js";
import type { HmmParams } from "./hmm-params.js";
import { stateSpace } from "./hmm-states.js";
import type { CountedWord } from "./hmm-suffixes.js";

/** How states are learned from texts without tags. */
export interface UnsupervisedSettings {
  /** How many hidden states: 1 to 200. */
  readonly states: number;
  /** Steps of expectation and maximization from each beginning, at most. */
  readonly iterations: number;
  /** How many random beginnings are tried; the likeliest end of all is kept. */
  readonly restarts: number;
  /** It ends where a step lifts the mean log-likelihood of a token by less, in nats. */
  readonly tolerance: number;
  readonly seed: number;
}

export const unsupervisedDefaults: UnsupervisedSettings = {
  states: 20,
  iterations: 50,
  restarts: 3,
  tolerance: 1e-5,
  seed: 1,
};

/** How unknown words are told, as in supervised training. */
const endings = { rareCount: 10, longestSuffix: 5, suffixSmoothing: 20, guessWeight: 0, recasing: 0 };

/** Added to the count of every step from state to state, so that none is impossible. */
const stepSmoothing = 0.01;

/** What a state is expected to have made of a word less often than this share is left out. */
const leastShare = 1e-4;

/**
 * A hidden Markov model of order 1 from sequences of words without tags: Baum-Welch (Baum et al. 1970) from several random
 * beginnings, of which the likeliest end is kept. A step never lowers the likelihood of the sequences. The model
 * then leaves some probability to words that it does not know. States have numbers for tags.
 * @throws {BifocalError} `invalid-input` where there are no words, `aborted`.
 * @example const params = await trainHmmUnsupervised([["a", "cat", "sat"], ["the", "dog", "ran"]], { states: 2 })
 */
export async function trainHmmUnsupervised(
  sequences: readonly (readonly string[])[],
  settings: Partial<UnsupervisedSettings> = {},
  context: TrainingContext = {},
): Promise<HmmParams> {
  const { states, iterations, restarts, tolerance, seed } = { ...unsupervisedDefaults, ...settings };
  const { vocabulary, counts, encoded } = encode(sequences);
  const tokens = encoded.reduce((sum, { length }) => sum + length + 1, 0);
  let best: ExpectedCounts | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    let chain = randomChain(states, counts, seed + restart);
    let before = Number.NEGATIVE_INFINITY;
    for (let i = 1; i <= iterations; i++) {
      const found = expect(chain, encoded, context.signal);
      if (best === undefined || found.logLikelihood > best.logLikelihood) best = found;
      const soFar = best;
      const isOver = await context.afterIteration?.({
        iteration: restart * iterations + i,
        iterations: restarts * iterations,
        objective: () => -soFar.logLikelihood / tokens,
        learned: () => pack(soFar, vocabulary, counts, states),
      });
      if (isOver === true) return pack(soFar, vocabulary, counts, states);
      if ((found.logLikelihood - before) / tokens < tolerance) break;
      chain = maximize(chain, found);
      before = found.logLikelihood;
    }
  }
  return pack(best as ExpectedCounts, vocabulary, counts, states);
}

/** Words in the order of the alphabet, so that a seed begins the same whatever the order of the sequences. */
function encode(sequences: readonly (readonly string[])[]) {
  const vocabulary = [...new Set(sequences.flat())].sort();
  if (vocabulary.length === 0)
    throw new BifocalError("invalid-input", "There are no words to learn from. Give one text or more.");
  const numbers = new Map(vocabulary.map((word, number) => [word, number]));
  const encoded = sequences.map((sequence) => Uint32Array.from(sequence, (word) => numbers.get(word) as number));
  const counts = new Array<number>(vocabulary.length).fill(0);
  for (const sequence of encoded) for (const number of sequence) counts[number]++;
  return { vocabulary, counts, encoded };
}

function pack(
  found: ExpectedCounts,
  vocabulary: readonly string[],
  counts: readonly number[],
  states: number,
): HmmParams {
  const tags = Array.from({ length: states }, (_, state) => String(state));
  const smoothed = found.transitions.map((count) => count + stepSmoothing);
  const { transitions } = maximize({ states, words: 0 }, { transitions: smoothed, emissions: new Float64Array(0) });
  const words = vocabulary.map((word, i): CountedWord => {
    const expected = found.emissions.subarray(i * states, (i + 1) * states);
    const its = tags.flatMap((_, state) => (expected[state] > leastShare * counts[i] ? [state] : []));
    return { word, states: its, counts: its.map((state) => expected[state]) };
  });
  const space = stateSpace({ tags, capitals: false });
  const chain = { order: 1, decoding: "viterbi", tags, capitals: false, transitions } as const;
  return { kind: "hmm", version: 1, ...chain, ...learnEmissions(words, { space, ...endings }) };
}

/** A hidden Markov model of the pieces of texts, by Baum-Welch: it writes, and says how likely a text is. */
export const hmmUnsupervisedLearner: Learner<"texts"> = {
  name: "hmm-unsupervised",
  family: "hidden Markov model",
  paradigm: "generative",
  tasks: ["text-generation"],
  reads: "texts",
  settings: {
    states: { type: "integer", min: 1, max: 200, default: unsupervisedDefaults.states, about: "hidden states" },
    iterations: {
      type: "integer",
      min: 1,
      max: 10_000,
      default: unsupervisedDefaults.iterations,
      about: "steps of expectation and maximization from each beginning, at most",
    },
    restarts: {
      type: "integer",
      min: 1,
      max: 100,
      default: unsupervisedDefaults.restarts,
      about: "random beginnings to try; the likeliest end is kept",
    },
    tolerance: {
      type: "number",
      min: 0,
      max: 1,
      default: unsupervisedDefaults.tolerance,
      about: "end where a step gains less than so many nats a token",
    },
  },
  train(items: readonly PlainText[], settings, context): Promise<HmmParams> {
    const { states, iterations, restarts, tolerance } = settings as Record<string, number>;
    const sequences = items.map(({ text }) => splitPieces(text)).filter(({ length }) => length > 0);
    return trainHmmUnsupervised(
      sequences,
      { states, iterations, restarts, tolerance, seed: context.seed ?? unsupervisedDefaults.seed },
      context,
    );
  },
};
