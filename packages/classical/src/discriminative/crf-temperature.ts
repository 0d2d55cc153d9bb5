import { throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";
import { type Chain, scoreOf, tempered } from "./crf-chain.js";
import { marginalsOf } from "./crf-marginals.js";

/** A sentence as the model scores it, and how it should be tagged. */
export interface ScoredSentence {
  readonly chain: Chain;
  readonly gold: ArrayLike<number>;
}

const smallest = 1e-3;
const largest = 1e3;
const rounds = 30;
const sentencesBetweenChecks = 100;

/**
 * The temperature at which the held-out tags are most probable (Guo et al. 2017, for chains): least
 * Σ log Z(chain / t) − score(gold) / t. It is convex in 1 / t; golden-section search over it.
 * @throws {BifocalError} `aborted`.
 */
export function fitTemperature(sentences: readonly ScoredSentence[], signal?: TrainingSignal): number {
  const loss = (inverse: number): number => {
    let total = 0;
    for (const [i, { chain, gold }] of sentences.entries()) {
      if (i % sentencesBetweenChecks === 0) throwIfAborted(signal);
      total += marginalsOf(tempered(chain, 1 / inverse)).logPartition() - inverse * scoreOf(chain, gold);
    }
    return total;
  };
  return Math.exp(
    -goldenSection((logInverse) => loss(Math.exp(logInverse)), Math.log(1 / largest), Math.log(1 / smallest)),
  );
}

/** Differences that rounding makes in sums of logarithms, where the tags held out are as good as certain. */
const roundingError = 1e-7;

/** Where a function with one valley is least; of a floor that is flat but for rounding, the right end. */
function goldenSection(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [left, right] = [low, high];
  let [a, b] = [right - ratio * (right - left), left + ratio * (right - left)];
  let [atA, atB] = [f(a), f(b)];
  for (let round = 0; round < rounds; round++) {
    if (atA < atB - roundingError) {
      [right, b, atB] = [b, a, atA];
      a = right - ratio * (right - left);
      atA = f(a);
    } else {
      [left, a, atA] = [a, b, atB];
      b = left + ratio * (right - left);
      atB = f(b);
    }
  }
  return (left + right) / 2;
}
