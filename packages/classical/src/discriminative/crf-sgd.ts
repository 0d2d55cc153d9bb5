import { seededRandom, shuffled, throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";
import { giveBack, roomIn } from "../machine-code/array-room.js";
import { chainData } from "./chain-data.js";
import { chainGradient } from "./crf-gradient.js";
import type { TagDataset, TagWeights } from "./tag-dataset.js";

export interface SgdOptions {
  readonly l2: number;
  readonly epochs: number;
  readonly seed: number;
  readonly signal?: TrainingSignal | undefined;
  /** The mean loss of an epoch's sentences, each as it was when its turn came. True ends the training. */
  readonly onEpoch?: (epoch: {
    epoch: number;
    loss: number;
    weights: () => Float64Array;
  }) => Promise<boolean> | boolean;
}

const sentencesBetweenChecks = 500;
const sampled = 1000;
const firstRate = 0.1;
const trials = 10;

/**
 * The weights of a chain by stochastic gradient descent on the objective of `crfObjective`, a sentence at a time, at the
 * rate rate₀ / (1 + rate₀ · l2 · t) (Bottou 2012), rate₀ being the best of a few on a sample. The penalty shrinks a
 * weight only when a sentence has its feature, by all that it missed: a step costs what the sentence does.
 */
export async function trainBySgd(data: TagDataset, shape: TagWeights, options: SgdOptions): Promise<Float64Array> {
  const descent = openDescent(data, shape, options.l2);
  const sentences = data.sentenceOffsets.length - 1;
  const random = seededRandom(options.seed);
  const order = Array.from({ length: sentences }, (_, i) => i);
  let trained: Float64Array | undefined;
  descent.begin(chooseRate(descent, shuffled(order, random).slice(0, sampled)));
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    let loss = 0;
    for (const [i, sentence] of shuffled(order, random).entries()) {
      if (i % sentencesBetweenChecks === 0) throwIfAborted(options.signal);
      loss += descent.step(sentence);
    }
    // Whoever asks later for what was learned in an epoch is given the end, for then others have the memory.
    const weights = (): Float64Array => trained ?? descent.weights();
    if (await options.onEpoch?.({ epoch, loss: loss / sentences, weights })) break;
  }
  trained = descent.weights();
  descent.close();
  return trained;
}

interface SentenceDescent {
  /** Forgets all, and begins at a rate. */
  begin(rate: number): void;
  /** Learns from a sentence; its loss before. */
  step(sentence: number): number;
  /** The weights with every penalty that is due. */
  weights(): Float64Array;
  /** Gives its memory to the next training. */
  close(): void;
}

/** The rate, a power of two apart, at which a pass over the sample loses least. */
function chooseRate(descent: SentenceDescent, sample: readonly number[]): number {
  const lossAt = (rate: number): number => {
    descent.begin(rate);
    return sample.reduce((loss, sentence) => loss + descent.step(sentence), 0);
  };
  let best = { rate: firstRate, loss: lossAt(firstRate) };
  for (const factor of [2, 0.5]) {
    for (let trial = 0, rate = firstRate * factor; trial < trials; trial++, rate *= factor) {
      const loss = lossAt(rate);
      if (!(loss < best.loss)) break;
      best = { rate, loss };
    }
  }
  return best.rate;
}

function openDescent(data: TagDataset, shape: TagWeights, l2: number): SentenceDescent {
  const chains = chainData(data, shape);
  const { sentenceOffsets, rowOffsets, rows, offsets, pairs, pairCount, tagCount } = chains;
  const gradientOf = chainGradient(chains);
  const dimension = pairCount + tagCount ** 2;
  const { array } = roomIn(chains.memory);
  const weights = array(Float64Array, dimension);
  const gradient = array(Float64Array, dimension);
  /** Of each weight, the sum of −log of all shrinking when it was last shrunk. */
  const paid = new Float64Array(dimension);
  let [rate, steps, due] = [0, 0, 0];

  function shrink(i: number): void {
    if (paid[i] === due) return;
    weights[i] *= Math.exp(paid[i] - due);
    paid[i] = due;
  }

  function forEachWeight(sentence: number, change: (i: number) => void): void {
    const end = offsets[sentenceOffsets[sentence + 1] * tagCount];
    for (let at = offsets[sentenceOffsets[sentence] * tagCount]; at < end; at++) change(pairs[at]);
    const lastRow = rowOffsets[sentenceOffsets[sentence + 1]];
    for (let at = rowOffsets[sentenceOffsets[sentence]]; at < lastRow; at++)
      for (let tag = 0; tag < tagCount; tag++) change(rows[at] + tag);
    for (let i = pairCount; i < dimension; i++) change(i);
  }

  return {
    begin(first) {
      [rate, steps, due] = [first, 0, 0];
      weights.fill(0);
      paid.fill(0);
    },
    step(sentence) {
      forEachWeight(sentence, shrink);
      const loss = gradientOf(weights, gradient, sentence, sentence + 1);
      const now = rate / (1 + rate * l2 * steps++);
      forEachWeight(sentence, (i) => {
        weights[i] -= now * gradient[i];
        gradient[i] = 0;
      });
      due -= Math.log1p(-now * l2);
      return loss;
    },
    weights() {
      for (let i = 0; i < dimension; i++) shrink(i);
      return weights.slice();
    },
    close: () => giveBack(chains.memory),
  };
}
