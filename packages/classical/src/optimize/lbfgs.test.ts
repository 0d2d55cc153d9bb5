import { expect, test } from "vitest";
import type { QuasiNewtonOptions } from "./descent.js";
import { lbfgs } from "./lbfgs.js";
import type { Objective } from "./objective.js";

/** The point reached, and the objective after each step. */
function minimize(objective: Objective, options: QuasiNewtonOptions): { point: Float64Array; values: number[] } {
  const optimizer = lbfgs(objective, options);
  const values: number[] = [];
  while (optimizer.step()) values.push(optimizer.objective);
  return { point: optimizer.solution(), values };
}

/** Σ (cᵢ / 2)(xᵢ − aᵢ)², least at a. */
function quadratic(curvatures: readonly number[], target: readonly number[]): Objective {
  return {
    dimension: target.length,
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

/** A bent valley as Rosenbrock's, yet convex: (1 − x)⁴ + 100 (y − x)² + (y − 1)², least at (1, 1). */
const valley: Objective = {
  dimension: 2,
  evaluate(point, gradient) {
    const [x, y] = point;
    gradient[0] = -4 * (1 - x) ** 3 - 200 * (y - x);
    gradient[1] = 200 * (y - x) + 2 * (y - 1);
    return (1 - x) ** 4 + 100 * (y - x) ** 2 + (y - 1) ** 2;
  },
};

test("a quadratic's least point is found, though its curvatures differ ten-thousandfold", () => {
  const target = [3, -2, 0.5, 0, 7];
  const { point } = minimize(quadratic([1, 10, 100, 1000, 0.1], target), { iterations: 200, tolerance: 1e-18 });
  for (const [i, at] of target.entries()) expect(point[i]).toBeCloseTo(at, 5);
});

test("the end of a bent valley is found, and the value falls with every step", () => {
  const { point, values } = minimize(valley, { iterations: 500, tolerance: 1e-12 });
  for (const at of point) expect(at).toBeCloseTo(1, 2);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(new Set(values).size).toBe(values.length);
});

/** The valley with its floor lifted to 1, so that a share of the least value is a number above 0. */
const lifted: Objective = { ...valley, evaluate: (point, gradient) => valley.evaluate(point, gradient) + 1 };

test.each([1e-1, 1e-3, 1e-6])("it ends within the share %s of the least value", (tolerance) => {
  const optimizer = lbfgs(lifted, { iterations: 500, tolerance });
  while (optimizer.step());
  expect(optimizer.converged).toBe(true);
  expect(optimizer.objective).toBeLessThanOrEqual(1 + 2 * tolerance);
});

test("it takes no more steps than allowed, says so, and what it has reached may be had at any step", () => {
  const optimizer = lbfgs(valley, { iterations: 3, tolerance: 1e-12 });
  optimizer.step();
  const first = optimizer.solution();
  const kept = first.slice();
  while (optimizer.step());
  expect(optimizer).toMatchObject({ iteration: 3, converged: false });
  expect(first).toEqual(kept);
  expect(optimizer.solution()).not.toEqual(first);
});

test("where the origin is the least point, no step is taken", () => {
  expect([...minimize(quadratic([1, 1], [0, 0]), { iterations: 10, tolerance: 1e-3 }).point]).toEqual([0, 0]);
});

test("the same input gives the same bits", () => {
  const run = () => minimize(valley, { iterations: 40, tolerance: 1e-15 });
  expect(run()).toEqual(run());
});

test("an objective that is no number is refused, be it at the origin or further on", () => {
  const nowhere: Objective = { dimension: 1, evaluate: (_, gradient) => gradient.fill(Number.NaN)[0] };
  const later: Objective = {
    dimension: 1,
    evaluate([x], gradient) {
      gradient[0] = x - 5;
      return x === 0 ? 12.5 : Number.NaN;
    },
  };
  for (const objective of [nowhere, later])
    expect(() => minimize(objective, { iterations: 10, tolerance: 1e-3 })).toThrow("The objective is not a number");
});
