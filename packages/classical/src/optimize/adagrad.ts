/** Weights that learn from one gradient at a time. */
export interface AdaGrad {
  /** A weight as it stands. */
  weight(index: number): number;
  /** Takes in the slope of the loss at a weight, as of the step under way. */
  add(index: number, slope: number): void;
  /** One more row was seen. */
  step(): void;
}

export interface AdaGradOptions {
  readonly learningRate: number;
  readonly l1: number;
  readonly l2: number;
  /** The first so many weights have penalties. */
  readonly penalized: number;
}

/**
 * AdaGrad by regularized dual averaging (Duchi, Hazan & Singer 2011, equations 3 and 24): after t rows, each weight is the
 * least of u·w + t (l1 |w| + (l2 / 2) w²) + (δ + √G) w² / (2 η), u the sum of its slopes, G that of their squares, η the
 * learning rate. It is worked out as it is asked for, so that a row costs as much as it has columns, penalties and all.
 */
export function adaGrad(size: number, { learningRate, l1, l2, penalized }: AdaGradOptions): AdaGrad {
  const slopes = new Float64Array(size);
  const squares = new Float64Array(size);
  const steadiness = 1e-6;
  let steps = 0;
  return {
    weight(index) {
      const slope = slopes[index];
      const scale = (steadiness + Math.sqrt(squares[index])) / learningRate;
      if (index >= penalized) return -slope / scale;
      const beyond = Math.abs(slope) - steps * l1;
      return beyond <= 0 ? 0 : (-Math.sign(slope) * beyond) / (scale + steps * l2);
    },
    add(index, slope) {
      slopes[index] += slope;
      squares[index] += slope * slope;
    },
    step() {
      steps++;
    },
  };
}
