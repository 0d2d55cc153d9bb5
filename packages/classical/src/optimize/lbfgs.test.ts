import { expect, test } from "vitest";
import { minimizeLbfgs, type Objective } from "./lbfgs.js";

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

function gradientLength(objective: Objective, point: Float64Array): number {
  const gradient = new Float64Array(objective.dimension);
  objective.evaluate(point, gradient);
  return Math.hypot(...gradient);
}

test("a quadratic's least point is found, though its curvatures differ ten-thousandfold", () => {
  const target = [3, -2, 0.5, 0, 7];
  const point = minimizeLbfgs(quadratic([1, 10, 100, 1000, 0.1], target), { maxIterations: 200, tolerance: 1e-9 });
  for (const [i, at] of target.entries()) expect(point[i]).toBeCloseTo(at, 5);
});

test("the end of a bent valley is found", () => {
  const [x, y] = minimizeLbfgs(valley, { maxIterations: 500, tolerance: 1e-10 });
  expect(x).toBeCloseTo(1, 2);
  expect(y).toBeCloseTo(1, 2);
});

test("the value falls with every step, and the last step is within the tolerance", () => {
  const values: number[] = [];
  const onProgress = ({ objective = Number.NaN }) => void values.push(objective);
  for (const tolerance of [1e-2, 1e-6]) {
    const point = minimizeLbfgs(valley, { maxIterations: 500, tolerance, onProgress });
    expect(gradientLength(valley, point)).toBeLessThanOrEqual(tolerance * gradientLength(valley, new Float64Array(2)));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(new Set(values).size).toBe(values.length);
    values.length = 0;
  }
});

test("a tighter tolerance takes more steps, and no more than allowed", () => {
  const steps = (tolerance: number, maxIterations: number) => {
    let taken = 0;
    minimizeLbfgs(valley, {
      maxIterations,
      tolerance,
      onProgress: ({ iteration }) => {
        taken = iteration;
      },
    });
    return taken;
  };
  expect(steps(1e-8, 500)).toBeGreaterThan(steps(1e-2, 500));
  expect(steps(1e-12, 3)).toBe(3);
});

test("where the origin is the least point, no step is taken", () => {
  expect([...minimizeLbfgs(quadratic([1, 1], [0, 0]), { maxIterations: 10 })]).toEqual([0, 0]);
});

test("the same input gives the same bits", () => {
  const run = () => minimizeLbfgs(valley, { maxIterations: 40, tolerance: 0 });
  expect(run()).toEqual(run());
});

test("a signal that fires between two steps ends it", () => {
  const controller = new AbortController();
  let last = 0;
  const onProgress = ({ iteration }: { iteration: number }) => {
    last = iteration;
    if (iteration === 2) controller.abort();
  };
  const run = () => minimizeLbfgs(valley, { maxIterations: 100, tolerance: 0, signal: controller.signal, onProgress });
  expect(run).toThrow(expect.objectContaining({ code: "aborted" }));
  expect(last).toBe(2);
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
    expect(() => minimizeLbfgs(objective, { maxIterations: 10 })).toThrow("The objective is not a number");
});
