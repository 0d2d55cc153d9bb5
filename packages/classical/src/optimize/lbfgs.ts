import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import type { TrainingContext } from "../learner.js";

/** A function to minimize: its value at a point, and its gradient written into an array of the same length. */
export interface Objective {
  readonly dimension: number;
  evaluate(point: Float64Array, gradient: Float64Array): number;
}

export interface LbfgsOptions extends TrainingContext {
  readonly maxIterations: number;
  /** Stops once the gradient's length is this fraction of what it was at the start. */
  readonly tolerance?: number;
  /** How many steps the curvature is told from. */
  readonly memory?: number;
}

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly scale: number;
}

/**
 * The point that minimizes a smooth convex function, from the origin: L-BFGS (Nocedal & Wright 2006, algorithm 7.5)
 * with a weak-Wolfe bisection line search (Lewis & Overton 2013). The same input gives the same bits.
 */
export function minimizeLbfgs(
  objective: Objective,
  { maxIterations, tolerance = 1e-4, memory = 6, signal, onProgress }: LbfgsOptions,
): Float64Array {
  let point: Float64Array = new Float64Array(objective.dimension);
  let gradient: Float64Array = new Float64Array(objective.dimension);
  let value = valueAt(objective, point, gradient);
  const enough = tolerance * norm(gradient);
  const steps: Step[] = [];
  for (let iteration = 1; iteration <= maxIterations && norm(gradient) > enough; iteration++) {
    throwIfAborted(signal);
    const direction = descentDirection(gradient, steps);
    const next = searchLine(objective, point, value, gradient, direction, steps.length === 0 ? 1 / norm(gradient) : 1);
    if (next === undefined) break;
    remember(steps, difference(next.point, point), difference(next.gradient, gradient), memory);
    ({ point, gradient, value } = next);
    onProgress?.({ iteration, iterations: maxIterations, objective: value });
  }
  return point;
}

function remember(steps: Step[], moved: Float64Array, turned: Float64Array, memory: number): void {
  const curvature = dot(moved, turned);
  if (curvature <= 0) return;
  steps.push({ moved, turned, scale: 1 / curvature });
  if (steps.length > memory) steps.shift();
}

/** The two-loop recursion: the gradient through the remembered inverse curvature, downhill. */
function descentDirection(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((each) => -each);
  const weights = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { moved, turned, scale } = steps[i];
    weights[i] = scale * dot(moved, direction);
    addScaled(direction, turned, -weights[i]);
  }
  const last = steps.at(-1);
  if (last !== undefined) scaleInPlace(direction, 1 / (last.scale * dot(last.turned, last.turned)));
  for (const [i, { moved, turned, scale }] of steps.entries()) {
    addScaled(direction, moved, weights[i] - scale * dot(turned, direction));
  }
  return direction;
}

const sufficientDecrease = 1e-4;
const curvatureShare = 0.9;

function searchLine(
  objective: Objective,
  start: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  firstStep: number,
): { point: Float64Array; gradient: Float64Array; value: number } | undefined {
  const slope = dot(gradient, direction);
  let [low, high, step] = [0, Number.POSITIVE_INFINITY, firstStep];
  for (let trial = 0; trial < 40; trial++) {
    const point = start.map((each, i) => each + step * direction[i]);
    const nextGradient = new Float64Array(start.length);
    const nextValue = valueAt(objective, point, nextGradient);
    if (nextValue > value + sufficientDecrease * step * slope) high = step;
    else if (dot(nextGradient, direction) < curvatureShare * slope) low = step;
    else return { point, gradient: nextGradient, value: nextValue };
    step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return undefined;
}

/** @throws {BifocalError} `internal` where the objective is not a number. */
function valueAt(objective: Objective, point: Float64Array, gradient: Float64Array): number {
  const value = objective.evaluate(point, gradient);
  if (!Number.isNaN(value)) return value;
  throw new BifocalError("internal", "The objective is not a number; the data may hold one that is not finite.");
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((each, i) => each - b[i]);
}

function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] += scale * vector[i];
}

function scaleInPlace(target: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] *= scale;
}
