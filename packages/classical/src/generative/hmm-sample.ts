import { checkOption, type Random, seededRandom } from "@bifocal/contracts";
import type { HmmParams } from "./hmm-params.js";
import { stateSpace } from "./hmm-states.js";
import { contextAt, type TagChain } from "./hmm-trellis.js";

/** How long sentences may get, and by which seed they are drawn. */
export interface SampleOptions {
  /** The same seed gives the same sentence (0 to 2^32 - 1). Default 0. */
  readonly seed?: number;
  /** The sentence is cut after so many tokens (1 to 100,000). Default 100. */
  readonly maxTokens?: number;
}

/** The words of each state with how likely they are, summed up to each. */
interface StateWords {
  readonly words: readonly number[];
  readonly sums: readonly number[];
}

/**
 * Draws states and their words: `p(state | states before) · p(word | state, the word is known)`, among the states that
 * have words, until the end. Words come as the vocabulary has them.
 * @throws {BifocalError} `invalid-input` where an option is out of range.
 */
export function sentenceSampler(params: HmmParams, chain: TagChain) {
  const states = stateSpace(params).count;
  let wordsOf: readonly StateWords[] | undefined;
  return ({ seed = 0, maxTokens = 100 }: SampleOptions = {}): { tokens: string[]; states: number[] } => {
    checkOption("seed", { type: "integer", min: 0, max: 2 ** 32 - 1, about: "" }, seed);
    checkOption("maxTokens", { type: "integer", min: 1, max: 100_000, about: "" }, maxTokens);
    wordsOf ??= sumWords(params);
    const random = seededRandom(seed);
    const drawn: { tokens: string[]; states: number[] } = { tokens: [], states: [] };
    let [older, state] = [states, states];
    while (drawn.tokens.length < maxTokens) {
      const context = contextAt(chain, older, state);
      [older, state] = [state, drawState(chain.probabilities, context, wordsOf, random)];
      if (state === states) break;
      const { words, sums } = wordsOf[state];
      drawn.states.push(state);
      drawn.tokens.push(params.vocabulary[words[firstAbove(sums, random() * sums[sums.length - 1])]]);
    }
    return drawn;
  };
}

/** A state that has words, or the end. */
function drawState(follow: Float64Array, context: number, wordsOf: readonly StateWords[], random: Random): number {
  const end = wordsOf.length;
  const sums: number[] = [];
  let sum = 0;
  for (let next = 0; next <= end; next++) {
    if (next === end || wordsOf[next].words.length > 0) sum += follow[context + next];
    sums.push(sum);
  }
  return sum === 0 ? end : firstAbove(sums, random() * sum);
}

function firstAbove(sums: readonly number[], value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sumWords(params: HmmParams): StateWords[] {
  const all = Array.from({ length: stateSpace(params).count }, () => ({ words: [] as number[], sums: [] as number[] }));
  for (let word = 0; word < params.vocabulary.length; word++) {
    for (let i = params.wordOffsets[word]; i < params.wordOffsets[word + 1]; i++) {
      const { words, sums } = all[params.wordStates[i]];
      words.push(word);
      sums.push((sums.at(-1) ?? 0) + params.wordProbabilities[i]);
    }
  }
  return all;
}
