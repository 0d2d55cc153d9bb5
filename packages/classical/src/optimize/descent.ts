import { BifocalError } from "@bifocal/contracts";
import { curvatureMemory } from "./curvature-memory.js";
import type { Objective } from "./objective.js";
import type { Optimizer } from "./optimizer.js";
import { dot, negate, squaredNorm } from "./vectors.js";

export interface QuasiNewtonOptions {
  /** Steps at most. */
  readonly iterations: number;
  /** Ends once two steps in a row are told to be within this share of the least objective: ½ gᵀ H g, a hundredth of it to be sure. */
  readonly tolerance: number;
  /** How many steps the curvature is told from. */
  readonly memory?: number;
}

/** Where a minimization stands, and where its next step goes. All arrays are made at the start. */
export interface Descent {
  point: Float64Array;
  gradient: Float64Array;
  /** The objective at the point. */
  value: number;
  readonly direction: Float64Array;
  /** A point along the direction, and the gradient there. */
  next: Float64Array;
  nextGradient: Float64Array;
}

/** What one method does its own way. */
export interface QuasiNewtonMethod {
  /** The gradient, or what stands for it where there is none. */
  steepest(): Float64Array;
  /** Takes from the direction what may not be in it. */
  restrict?(): void;
  /**
   * Looks along the direction for a point that is low enough.
   * @param slope of the objective along the direction
   * @returns the value at `next`, or none where rounding hides the way down
   */
  searchLine(slope: number, firstStep: number): number | undefined;
}

/** Of what the slope promises, the share that a step must keep (Armijo). */
export const sufficientDecrease = 1e-4;
/** ½ gᵀ H g falls short of the distance to the least objective where H knows little of the curvature. */
const caution = 0.05;

/**
 * Minimizes a convex function from the origin by steps along −H · gradient, H the inverse curvature that the last steps
 * tell. The same input gives the same bits.
 * @throws {BifocalError} `internal` where the objective is not a number.
 */
export function descend(
  objective: Objective,
  { iterations, tolerance, memory = 6 }: QuasiNewtonOptions,
  methodOf: (at: Descent) => QuasiNewtonMethod,
): Optimizer<Float64Array> {
  const known = curvatureMemory(objective.dimension, memory);
  const [point, next, gradient, nextGradient, direction] = Array.from(
    { length: 5 },
    () => new Float64Array(objective.dimension),
  );
  const at: Descent = { point, next, gradient, nextGradient, direction, value: evaluate(objective, point, gradient) };
  const method = methodOf(at);
  let [iteration, stuck, near] = [0, false, 0];
  const isNear = () => stuck || near >= 2;
  const stop = (): false => {
    stuck = true;
    return false;
  };
  return {
    step() {
      if (isNear() || iteration >= iterations) return false;
      const steepest = method.steepest();
      const length = squaredNorm(steepest);
      if (length === 0) return stop();
      negate(direction, steepest);
      if (!known.isEmpty()) {
        known.apply(direction);
        method.restrict?.();
      }
      const slope = dot(steepest, direction);
      near = !known.isEmpty() && -slope / 2 <= caution * tolerance * Math.abs(at.value) ? near + 1 : 0;
      const reached = method.searchLine(slope, known.isEmpty() ? 1 / Math.sqrt(length) : 1);
      if (reached === undefined) return stop();
      known.remember(at.next, at.point, at.nextGradient, at.gradient);
      [at.point, at.next, at.gradient, at.nextGradient] = [at.next, at.point, at.nextGradient, at.gradient];
      at.value = reached;
      iteration++;
      return true;
    },
    get iteration() {
      return iteration;
    },
    get objective() {
      return at.value;
    },
    get converged() {
      return isNear();
    },
    solution: () => at.point.slice(),
  };
}

/** @throws {BifocalError} `internal` where the objective is not a number. */
export function evaluate(objective: Objective, point: Float64Array, gradient: Float64Array): number {
  const value = objective.evaluate(point, gradient);
  if (!Number.isNaN(value)) return value;
  throw new BifocalError("internal", "The objective is not a number; the data may hold one that is not finite.");
}
