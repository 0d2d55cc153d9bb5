import { BifocalError } from "@bifocal/contracts";
import { curvatureMemory } from "./curvature-memory.js";
import type { Objective } from "./objective.js";
import type { Optimizer } from "./optimizer.js";
import { dot, moveAlong, negate, squaredNorm } from "./vectors.js";

export interface LbfgsOptions {
  /** Steps at most. */
  readonly iterations: number;
  /** Ends once two steps in a row are told to be within this share of the least objective: ½ gᵀ H g, a hundredth of it to be sure. */
  readonly tolerance: number;
  /** How many steps the curvature is told from. */
  readonly memory?: number;
}

/** Of what the slope promises, the share that a step must keep (Armijo). */
export const sufficientDecrease = 1e-4;
const curvatureShare = 0.9;
const lineTrials = 40;
/** ½ gᵀ H g falls short of the distance to the least objective where H knows little of the curvature. */
export const caution = 0.05;

/**
 * Minimizes a smooth convex function from the origin: L-BFGS (Nocedal & Wright 2006, algorithm 7.5) with a weak-Wolfe
 * bisection line search (Lewis & Overton 2013). All arrays are made at the start. The same input gives the same bits.
 * @throws {BifocalError} `internal` where the objective is not a number.
 */
export function lbfgs(
  objective: Objective,
  { iterations, tolerance, memory = 6 }: LbfgsOptions,
): Optimizer<Float64Array> {
  const known = curvatureMemory(objective.dimension, memory);
  let [point, next, gradient, nextGradient] = Array.from({ length: 4 }, () => new Float64Array(objective.dimension));
  const direction = new Float64Array(objective.dimension);
  let value = valueAt(objective, point, gradient);
  let [iteration, stuck, near] = [0, squaredNorm(gradient) === 0, 0];
  const isNear = () => stuck || near >= 2;
  return {
    step() {
      if (isNear() || iteration >= iterations) return false;
      negate(direction, gradient);
      if (!known.isEmpty()) known.apply(direction);
      const slope = dot(gradient, direction);
      near = !known.isEmpty() && -slope / 2 <= caution * tolerance * Math.abs(value) ? near + 1 : 0;
      const reached = searchLine(slope, known.isEmpty() ? 1 / Math.sqrt(squaredNorm(gradient)) : 1);
      if (reached === undefined) {
        stuck = true;
        return false;
      }
      known.remember(next, point, nextGradient, gradient);
      [point, next, gradient, nextGradient] = [next, point, nextGradient, gradient];
      value = reached;
      stuck = squaredNorm(gradient) === 0;
      iteration++;
      return true;
    },
    get iteration() {
      return iteration;
    },
    get objective() {
      return value;
    },
    get converged() {
      return isNear();
    },
    solution: () => point.slice(),
  };

  /** The value at a point along the direction that is low and flat enough, left in `next`; none where rounding hides the way down. */
  function searchLine(slope: number, firstStep: number): number | undefined {
    let [low, high, step] = [0, Number.POSITIVE_INFINITY, firstStep];
    for (let trial = 0; trial < lineTrials; trial++) {
      moveAlong(next, point, direction, step);
      const reached = valueAt(objective, next, nextGradient);
      if (reached > value + sufficientDecrease * step * slope) high = step;
      else if (dot(nextGradient, direction) < curvatureShare * slope) low = step;
      else return reached;
      step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
    }
    return undefined;
  }
}

/** @throws {BifocalError} `internal` where the objective is not a number. */
export function valueAt(objective: Objective, point: Float64Array, gradient: Float64Array): number {
  const value = objective.evaluate(point, gradient);
  if (!Number.isNaN(value)) return value;
  throw new BifocalError("internal", "The objective is not a number; the data may hold one that is not finite.");
}
