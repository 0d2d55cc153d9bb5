import { addScaled, dot, scale, subtract } from "./vectors.js";

/** What the last few steps tell of the curvature, kept in arrays that are made once. */
export interface CurvatureMemory {
  /** Learns from a step, unless it tells of no curvature. */
  remember(point: Float64Array, previous: Float64Array, gradient: Float64Array, previousGradient: Float64Array): void;
  /** direction ← H · direction, H the remembered inverse curvature: the two-loop recursion (Nocedal & Wright 2006, algorithm 7.4). */
  apply(direction: Float64Array): void;
  /** Whether no step is remembered. */
  isEmpty(): boolean;
}

export function curvatureMemory(dimension: number, size: number): CurvatureMemory {
  const moved = Array.from({ length: size }, () => new Float64Array(dimension));
  const turned = Array.from({ length: size }, () => new Float64Array(dimension));
  const scales = new Float64Array(size);
  const weights = new Float64Array(size);
  let [steps, length] = [0, 1];
  const oldest = () => Math.max(0, steps - size);
  return {
    isEmpty: () => steps === 0,
    remember(point, previous, gradient, previousGradient) {
      const at = steps % size;
      subtract(moved[at], point, previous);
      subtract(turned[at], gradient, previousGradient);
      const curvature = dot(moved[at], turned[at]);
      if (curvature <= 0) return forgetOverwritten();
      scales[at] = 1 / curvature;
      length = curvature / dot(turned[at], turned[at]);
      steps++;
    },
    apply(direction) {
      for (let step = steps - 1; step >= oldest(); step--) {
        const at = step % size;
        weights[at] = scales[at] * dot(moved[at], direction);
        addScaled(direction, turned[at], -weights[at]);
      }
      scale(direction, length);
      for (let step = oldest(); step < steps; step++) {
        const at = step % size;
        addScaled(direction, moved[at], weights[at] - scales[at] * dot(turned[at], direction));
      }
    },
  };

  /** The oldest step was written over by one that tells nothing: begin anew. */
  function forgetOverwritten(): void {
    [steps, length] = [0, 1];
  }
}
