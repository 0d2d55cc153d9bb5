import { descend, evaluate, type QuasiNewtonOptions, sufficientDecrease } from "./descent.js";
import type { Objective } from "./objective.js";
import type { Optimizer } from "./optimizer.js";
import { dot, moveAlong } from "./vectors.js";

const curvatureShare = 0.9;
const lineTrials = 40;

/**
 * Minimizes a smooth convex function from the origin: L-BFGS (Nocedal & Wright 2006, algorithm 7.5) with a weak-Wolfe
 * bisection line search (Lewis & Overton 2013). The same input gives the same bits.
 * @throws {BifocalError} `internal` where the objective is not a number.
 */
export function lbfgs(objective: Objective, options: QuasiNewtonOptions): Optimizer<Float64Array> {
  return descend(objective, options, (at) => ({
    steepest: () => at.gradient,
    searchLine(slope, firstStep) {
      const { point, next, nextGradient, direction, value } = at;
      let [low, high, step] = [0, Number.POSITIVE_INFINITY, firstStep];
      for (let trial = 0; trial < lineTrials; trial++) {
        moveAlong(next, point, direction, step);
        const reached = evaluate(objective, next, nextGradient);
        if (reached > value + sufficientDecrease * step * slope) high = step;
        else if (dot(nextGradient, direction) < curvatureShare * slope) low = step;
        else return reached;
        step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
      }
      return undefined;
    },
  }));
}
