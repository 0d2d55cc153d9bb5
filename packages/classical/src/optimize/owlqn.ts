import { type Descent, descend, evaluate, type QuasiNewtonOptions, sufficientDecrease } from "./descent.js";
import type { PenalizedObjective } from "./objective.js";
import type { Optimizer } from "./optimizer.js";

const lineTrials = 50;

/**
 * Minimizes a smooth convex function and an l1 penalty from the origin: OWL-QN (Andrew & Gao 2007). Each step stays in
 * the orthant where it begins, so that weights come to rest at exactly 0. The same input gives the same bits.
 * @throws {BifocalError} `internal` where the objective is not a number.
 */
export function owlqn(objective: PenalizedObjective, options: QuasiNewtonOptions): Optimizer<Float64Array> {
  const { dimension, penalized, l1 } = objective;
  const steepest = new Float64Array(dimension);
  return descend(objective, options, (at) => ({
    /** The slope of least descent among those that a corner has (equation 4); 0 where the corner is a least point. */
    steepest() {
      const { point, gradient } = at;
      steepest.set(gradient);
      for (let i = 0; i < penalized; i++) {
        const slope = gradient[i];
        if (point[i] !== 0) steepest[i] = slope + Math.sign(point[i]) * l1;
        else steepest[i] = slope < -l1 ? slope + l1 : slope > l1 ? slope - l1 : 0;
      }
      return steepest;
    },
    /** Leaves what would lead down (equation 5). */
    restrict() {
      const { direction } = at;
      for (let i = 0; i < penalized; i++) if (direction[i] * steepest[i] >= 0) direction[i] = 0;
    },
    /** Backtracks along the direction within the orthant. */
    searchLine(_slope, firstStep) {
      for (let trial = 0, step = firstStep; trial < lineTrials; trial++, step /= 2) {
        const descent = moveWithinOrthant(at, step);
        const reached = evaluate(objective, at.next, at.nextGradient) + penaltyAt(at.next);
        if (reached <= at.value + sufficientDecrease * descent && reached < at.value) return reached;
      }
      return undefined;
    },
  }));

  /** next ← π(point + step · direction); returns pseudo-gradient · (next − point). */
  function moveWithinOrthant({ point, direction, next }: Descent, step: number): number {
    let descent = 0;
    for (let i = 0; i < dimension; i++) {
      const side = point[i] !== 0 ? point[i] : -steepest[i];
      const moved = point[i] + step * direction[i];
      next[i] = i < penalized && moved * side <= 0 ? 0 : moved;
      descent += steepest[i] * (next[i] - point[i]);
    }
    return descent;
  }

  function penaltyAt(point: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < penalized; i++) sum += Math.abs(point[i]);
    return l1 * sum;
  }
}
