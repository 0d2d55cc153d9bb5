import { throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";
import { quasiNewton } from "../optimize/quasi-newton.js";
import type { Normalization } from "./crf-blocks.js";
import { type Example, tagDatasetOf } from "./crf-examples.js";
import { crfObjective } from "./crf-objective.js";
import type { CrfWeights } from "./crf-params.js";
import { trainBySgd } from "./crf-sgd.js";
import { seenFollows, seenPairs, type TagDataset, type TagWeights } from "./tag-dataset.js";

export interface LikelihoodOptions {
  readonly normalization: Normalization;
  readonly l1: number;
  readonly l2: number;
  readonly iterations: number;
  /** Ends once the objective is within this share of the least. */
  readonly tolerance: number;
  readonly workers?: number | undefined;
  readonly signal?: TrainingSignal | undefined;
  /** True ends the training. */
  readonly onIteration?: (iteration: LikelihoodIteration) => Promise<boolean> | boolean;
}

export interface LikelihoodIteration {
  readonly iteration: number;
  readonly objective: number;
  readonly learned: () => CrfWeights;
}

/**
 * The weights of greatest penalized likelihood (see `crfObjective`): L-BFGS, or OWL-QN where l1 is above 0. Each
 * feature has weights for the tags that it was seen with, each tag one for each tag that it was seen to follow.
 * @throws {BifocalError} `aborted`.
 */
export async function trainLikelihood(
  examples: readonly Example[],
  featureCount: number,
  tagCount: number,
  { l1, iterations, tolerance, workers, signal, onIteration, ...options }: LikelihoodOptions,
): Promise<CrfWeights> {
  const { data, shape } = dataAndShape(examples, featureCount, tagCount);
  const objective = crfObjective(data, shape, { ...options, threads: workers });
  try {
    const optimizer = quasiNewton(objective, objective.dimension, { l1, iterations, tolerance });
    const learned = (): CrfWeights => weightsAt(optimizer.solution(), shape, tagCount);
    while (optimizer.step()) {
      throwIfAborted(signal);
      const { iteration, objective: value } = optimizer;
      if (await onIteration?.({ iteration, objective: value, learned })) break;
    }
    return learned();
  } finally {
    await objective.close();
  }
}

/** The same likelihood by stochastic gradients; `iterations` are passes over the examples. */
export async function trainStochastically(
  examples: readonly Example[],
  featureCount: number,
  tagCount: number,
  {
    l2,
    iterations,
    seed,
    signal,
    onIteration,
  }: Omit<LikelihoodOptions, "normalization" | "l1" | "tolerance"> & { readonly seed: number },
): Promise<CrfWeights> {
  const { data, shape } = dataAndShape(examples, featureCount, tagCount);
  const weights = await trainBySgd(data, shape, {
    l2,
    epochs: iterations,
    seed,
    signal,
    onEpoch: ({ epoch, loss, weights: reached }) =>
      onIteration?.({ iteration: epoch, objective: loss, learned: () => weightsAt(reached(), shape, tagCount) }) ??
      false,
  });
  return weightsAt(weights, shape, tagCount);
}

/** Examples laid out to be learned from, and which weights there are: those of the tags that features and tags were seen with. */
export function dataAndShape(
  examples: readonly Example[],
  featureCount: number,
  tagCount: number,
): { data: TagDataset; shape: TagWeights } {
  const data = tagDatasetOf(examples, featureCount, tagCount);
  return { data, shape: { ...seenPairs(data), follows: seenFollows(data) } };
}

/** A point as weights; nothing is learned of how sentences begin, which features tell. */
function weightsAt(point: Float64Array, { pairOffsets, pairTags }: TagWeights, tagCount: number): CrfWeights {
  const transitions = new Float32Array((tagCount + 1) * tagCount);
  transitions.set(point.subarray(pairTags.length));
  return { pairOffsets, pairTags, weights: Float32Array.from(point.subarray(0, pairTags.length)), transitions };
}
