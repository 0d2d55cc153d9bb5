import { seededRandom, shuffled, throwIfAborted } from "@bifocal/contracts";
import { featuresPerToken } from "../features/token-features.js";
import type { TrainingSignal } from "../learner.js";
import { type AveragedPerceptron, averagedPerceptron } from "../optimize/averaged-perceptron.js";
import { type Chain, emissionsOf, permittedTransitions } from "./crf-chain.js";
import type { Example } from "./crf-examples.js";
import { bestPath } from "./crf-viterbi.js";

/** The weights of a tagger: features × tags, and (tags + 1) × tags. */
export interface CrfWeights {
  readonly weights: Float32Array;
  readonly transitions: Float32Array;
}

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
  const random = seededRandom(seed);
  const average = (): CrfWeights => divide(perceptron.average(), border);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let wrong = 0;
    for (const [i, example] of shuffled(examples, random).entries()) {
      if (i % sentencesBetweenChecks === 0) throwIfAborted(signal);
      wrong += Number(learnFrom(example, perceptron, tags, border));
    }
    if (await onEpoch?.({ epoch, errorRate: wrong / examples.length, average })) break;
  }
  return average();
}

function divide(weights: Float32Array, border: number): CrfWeights {
  return { weights: weights.subarray(0, border), transitions: weights.subarray(border) };
}

/** The chain of an encoded sentence under some weights. */
export function chainOf(positions: Int32Array, tags: readonly string[], { weights, transitions }: CrfWeights): Chain {
  return {
    length: positions.length / featuresPerToken,
    tags: tags.length,
    emissions: emissionsOf(positions, featuresPerToken, weights, tags.length),
    transitions: permittedTransitions(tags, transitions),
  };
}

/** Whether the sentence was tagged wrongly, and so changed the weights. */
function learnFrom(example: Example, perceptron: AveragedPerceptron, tags: readonly string[], border: number): boolean {
  const guess = bestPath(chainOf(example.positions, tags, divide(perceptron.weights, border)));
  const wrong = guess.some((tag, i) => tag !== example.gold[i]);
  if (wrong) correct(example, guess, perceptron, tags.length, border);
  perceptron.step();
  return wrong;
}

function correct(
  { positions, gold }: Example,
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
    for (let at = i * featuresPerToken; at < (i + 1) * featuresPerToken; at++) {
      if (positions[at] < 0) continue;
      perceptron.add(positions[at] * tags + gold[i], 1);
      perceptron.add(positions[at] * tags + guess[i], -1);
    }
  }
}
