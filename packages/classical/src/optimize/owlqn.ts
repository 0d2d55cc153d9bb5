import { curvatureMemory } from "./curvature-memory.js";
import { caution, type LbfgsOptions, sufficientDecrease, valueAt } from "./lbfgs.js";
import type { PenalizedObjective } from "./objective.js";
import type { Optimizer } from "./optimizer.js";
import { dot, negate, squaredNorm } from "./vectors.js";

const lineTrials = 50;

/**
 * Minimizes a smooth convex function and an l1 penalty from the origin: OWL-QN (Andrew & Gao 2007). Each step stays in
 * the orthant where it begins, so that weights come to rest at exactly 0. The same input gives the same bits.
 * @throws {BifocalError} `internal` where the objective is not a number.
 */
export function owlqn(
  objective: PenalizedObjective,
  { iterations, tolerance, memory = 6 }: LbfgsOptions,
): Optimizer<Float64Array> {
  const { dimension, penalized, l1 } = objective;
  const known = curvatureMemory(dimension, memory);
  let [point, next, gradient, nextGradient] = Array.from({ length: 4 }, () => new Float64Array(dimension));
  const steepest = new Float64Array(dimension);
  const direction = new Float64Array(dimension);
  let value = valueAt(objective, point, gradient);
  let [iteration, stuck, near] = [0, false, 0];
  const isNear = () => stuck || near >= 2;
  return {
    step() {
      if (isNear() || iteration >= iterations) return false;
      setPseudoGradient();
      const length = squaredNorm(steepest);
      if (length === 0) return stop();
      setDirection();
      const slope = dot(steepest, direction);
      near = !known.isEmpty() && -slope / 2 <= caution * tolerance * Math.abs(value) ? near + 1 : 0;
      const reached = searchLine(known.isEmpty() ? 1 / Math.sqrt(length) : 1);
      if (reached === undefined) return stop();
      known.remember(next, point, nextGradient, gradient);
      [point, next, gradient, nextGradient] = [next, point, nextGradient, gradient];
      value = reached;
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

  function stop(): false {
    stuck = true;
    return false;
  }

  /** The slope of least descent among those that a corner has (equation 4); 0 where the corner is a least point. */
  function setPseudoGradient(): void {
    steepest.set(gradient);
    for (let i = 0; i < penalized; i++) {
      const slope = gradient[i];
      if (point[i] !== 0) steepest[i] = slope + Math.sign(point[i]) * l1;
      else steepest[i] = slope < -l1 ? slope + l1 : slope > l1 ? slope - l1 : 0;
    }
  }

  /** −H · pseudo-gradient, without what would not lead down (equation 5). */
  function setDirection(): void {
    negate(direction, steepest);
    if (known.isEmpty()) return;
    known.apply(direction);
    for (let i = 0; i < penalized; i++) if (direction[i] * steepest[i] >= 0) direction[i] = 0;
  }

  /** Backtracks along the direction within the orthant; the value reached, left in `next`. */
  function searchLine(firstStep: number): number | undefined {
    for (let trial = 0, step = firstStep; trial < lineTrials; trial++, step /= 2) {
      const descent = moveWithinOrthant(step);
      const reached = valueAt(objective, next, nextGradient) + penaltyAt(next);
      if (reached <= value + sufficientDecrease * descent && reached < value) return reached;
    }
    return undefined;
  }

  /** next ← π(point + step · direction); returns pseudo-gradient · (next − point). */
  function moveWithinOrthant(step: number): number {
    let descent = 0;
    for (let i = 0; i < dimension; i++) {
      const side = point[i] !== 0 ? point[i] : -steepest[i];
      const moved = point[i] + step * direction[i];
      next[i] = i < penalized && moved * side <= 0 ? 0 : moved;
      descent += steepest[i] * (next[i] - point[i]);
    }
    return descent;
  }

  function penaltyAt(at: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < penalized; i++) sum += Math.abs(at[i]);
    return l1 * sum;
  }
}
