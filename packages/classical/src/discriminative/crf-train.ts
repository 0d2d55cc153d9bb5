import { seededRandom, shuffled, throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";
import { type AveragedPerceptron, averagedPerceptron } from "../optimize/averaged-perceptron.js";
import { type Chain, emissionsOf, permittedTransitions } from "./crf-chain.js";
import type { Example } from "./crf-examples.js";
import type { CrfWeights } from "./crf-params.js";
import { bestPath } from "./crf-viterbi.js";
import { everyPair } from "./tag-dataset.js";

/** One pass over the examples is done. */
export interface Epoch {
  readonly epoch: number;
  /** Share of the examples that were tagged wrongly when their turn came. */
  readonly errorRate: number;
  /** The averaged weights so far. */
  average(): CrfWeights;
}

export interface PerceptronOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly signal?: TrainingSignal | undefined;
  /** Where it answers true the training ends. */
  readonly onEpoch?: (epoch: Epoch) => boolean | Promise<boolean>;
}

const sentencesBetweenChecks = 500;

/**
 * The averaged structured perceptron for tag sequences (Collins 2002): where the best tagging of a sentence is not the
 * right one, the features of the right one gain 1 and those of the best one lose 1.
 * @throws {BifocalError} `aborted`.
 */
export async function trainPerceptron(
  examples: readonly Example[],
  tags: readonly string[],
  featureCount: number,
  { epochs, seed, signal, onEpoch }: PerceptronOptions,
): Promise<CrfWeights> {
  const border = featureCount * tags.length;
  const perceptron = averagedPerceptron(border + (tags.length + 1) * tags.length);
  const shape = everyPair(featureCount, tags.length);
  const weightsIn = (all: Float32Array): CrfWeights => ({
    ...shape,
    weights: all.subarray(0, border),
    transitions: all.subarray(border),
  });
  const current = weightsIn(perceptron.weights);
  const random = seededRandom(seed);
  const average = (): CrfWeights => weightsIn(perceptron.average());
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let wrong = 0;
    for (const [i, example] of shuffled(examples, random).entries()) {
      if (i % sentencesBetweenChecks === 0) throwIfAborted(signal);
      wrong += Number(learnFrom(example, perceptron, tags, current));
    }
    if (await onEpoch?.({ epoch, errorRate: wrong / examples.length, average })) break;
  }
  return average();
}

/** The chain of an encoded sentence under some weights. */
export function chainOf({ positions, perToken }: Example, tags: readonly string[], weights: CrfWeights): Chain {
  return {
    length: positions.length / perToken,
    tags: tags.length,
    emissions: emissionsOf(positions, perToken, weights, tags.length),
    transitions: permittedTransitions(tags, weights.transitions),
  };
}

/** Whether the sentence was tagged wrongly, and so changed the weights. */
function learnFrom(
  example: Example,
  perceptron: AveragedPerceptron,
  tags: readonly string[],
  weights: CrfWeights,
): boolean {
  const guess = bestPath(chainOf(example, tags, weights));
  const wrong = guess.some((tag, i) => tag !== example.gold[i]);
  if (wrong) correct(example, guess, perceptron, tags.length, weights.weights.length);
  perceptron.step();
  return wrong;
}

function correct(
  { positions, perToken, gold }: Example,
  guess: Uint8Array,
  perceptron: AveragedPerceptron,
  tags: number,
  border: number,
): void {
  for (let i = 0; i < gold.length; i++) {
    const [before, guessedBefore] = i === 0 ? [tags, tags] : [gold[i - 1], guess[i - 1]];
    if (before !== guessedBefore || gold[i] !== guess[i]) {
      perceptron.add(border + before * tags + gold[i], 1);
      perceptron.add(border + guessedBefore * tags + guess[i], -1);
    }
    if (gold[i] === guess[i]) continue;
    for (let at = i * perToken; at < (i + 1) * perToken; at++) {
      if (positions[at] < 0) continue;
      perceptron.add(positions[at] * tags + gold[i], 1);
      perceptron.add(positions[at] * tags + guess[i], -1);
    }
  }
}
