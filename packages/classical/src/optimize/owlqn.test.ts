import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { PenalizedObjective } from "./objective.js";
import { owlqn } from "./owlqn.js";

/** Σ (cᵢ / 2)(xᵢ − aᵢ)² + l1 Σ |xᵢ| over all but the last: xᵢ is least at aᵢ drawn towards 0 by l1 / cᵢ. */
function lasso(curvatures: readonly number[], target: readonly number[], l1: number): PenalizedObjective {
  return {
    dimension: target.length,
    penalized: target.length - 1,
    l1,
    evaluate(point, gradient) {
      let value = 0;
      for (const [i, at] of target.entries()) {
        gradient[i] = curvatures[i] * (point[i] - at);
        value += (curvatures[i] / 2) * (point[i] - at) ** 2;
      }
      return value;
    },
  };
}

function minimize(objective: PenalizedObjective): { point: Float64Array; value: number } {
  const optimizer = owlqn(objective, { iterations: 1000, tolerance: 1e-14 });
  while (optimizer.step());
  return { point: optimizer.solution(), value: optimizer.objective };
}

test("each coordinate comes to rest at its soft threshold, at exactly 0 within it; the last has no penalty", () => {
  const curvatures = [1, 4, 0.5, 20, 3, 2];
  const target = [3, -2, 0.1, 0.2, -0.1, 0.05];
  const { point } = minimize(lasso(curvatures, target, 0.7));
  for (const [i, at] of target.entries()) {
    const threshold = i === target.length - 1 ? 0 : 0.7 / curvatures[i];
    const least = Math.sign(at) * Math.max(0, Math.abs(at) - threshold);
    expect(point[i]).toBeCloseTo(least, 6);
    if (least === 0) expect(point[i]).toBe(0);
  }
});

/** ½ xᵀ A x − bᵀ x, A = BᵀB + I of random numbers. */
function coupled(size: number, l1: number, seed: number): PenalizedObjective {
  const random = seededRandom(seed);
  const draw = () => Array.from({ length: size }, () => random() * 2 - 1);
  const b = Array.from({ length: size }, draw);
  const linear = draw().map((each) => 3 * each);
  const matrix = b.map((_, i) => b.map((__, j) => b.reduce((sum, row) => sum + row[i] * row[j], i === j ? 1 : 0)));
  return {
    dimension: size,
    penalized: size,
    l1,
    evaluate(point, gradient) {
      let value = 0;
      for (let i = 0; i < size; i++) {
        const product = matrix[i].reduce((sum, each, j) => sum + each * point[j], 0);
        gradient[i] = product - linear[i];
        value += point[i] * (product / 2 - linear[i]);
      }
      return value;
    },
  };
}

/** The same least by proximal gradient descent (ISTA), written apart. */
function byProximalDescent(objective: PenalizedObjective): number {
  const point = new Float64Array(objective.dimension);
  const gradient = new Float64Array(objective.dimension);
  const step = 0.02;
  for (let i = 0; i < 20_000; i++) {
    objective.evaluate(point, gradient);
    for (let j = 0; j < point.length; j++) {
      const moved = point[j] - step * gradient[j];
      point[j] = Math.sign(moved) * Math.max(0, Math.abs(moved) - step * objective.l1);
    }
  }
  return objective.evaluate(point, gradient) + objective.l1 * point.reduce((sum, each) => sum + Math.abs(each), 0);
}

test("coupled coordinates reach what proximal gradient descent reaches, some of them 0", () => {
  const objectives = [1, 2, 3, 4].map((seed) => coupled(6, 1.5, seed));
  const reached = objectives.map(minimize);
  for (const [i, { value }] of reached.entries()) expect(value).toBeCloseTo(byProximalDescent(objectives[i]), 8);
  expect(reached.some(({ point }) => point.includes(0))).toBe(true);
  expect(reached.some(({ point }) => point.some((each) => each !== 0))).toBe(true);
});

test("a penalty too strong for any weight leaves all at 0", () => {
  expect([...minimize(lasso([1, 1, 1], [0.5, -0.5, 0], 1)).point]).toEqual([0, 0, 0]);
});
