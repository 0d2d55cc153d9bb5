/** Weights under training, and what is needed for their average. */
export interface AveragedPerceptron {
  /** The weights now: what the next item is decoded with. */
  readonly weights: Float32Array;
  /** Adds to one weight. */
  add(index: number, amount: number): void;
  /** One more item was seen, whether or not it changed anything. */
  step(): void;
  /** The mean of the weights over all steps so far. */
  average(): Float32Array;
}

/**
 * The averaged perceptron (Freund and Schapire 1999; Collins 2002) over so many weights, all zero at first.
 * The sum of the weights over all steps is not kept: a change at step s counts in all but s of the steps, so that
 * average = weights − (Σ s · change) / steps (Daumé 2006, section 2.2).
 */
export function averagedPerceptron(size: number): AveragedPerceptron {
  const weights = new Float32Array(size);
  const missed = new Float64Array(size);
  let steps = 0;
  return {
    weights,
    add(index, amount) {
      weights[index] += amount;
      missed[index] += steps * amount;
    },
    step() {
      steps++;
    },
    average: () => weights.map((weight, i) => (steps === 0 ? weight : weight - missed[i] / steps)),
  };
}
