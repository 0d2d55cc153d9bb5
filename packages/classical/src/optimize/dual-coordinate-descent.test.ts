import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import { binaryOptimizer, type OptimizerName } from "./binary-optimizer.js";
import { type BinaryProblem, rowDot } from "./binary-problem.js";
import { condenseRows } from "./condensed-rows.js";
import { type LossName, marginLosses } from "./margin-losses.js";

function problemOf(seed: number, { bias = true, presence = true, l2 = 0.02 } = {}): BinaryProblem {
  const data = randomDataset({ rows: 40, columns: 60, labels: 2, seed, presence });
  const signs = Int8Array.from(data.targets, (target) => (target === 1 ? 1 : -1));
  const shares = Float64Array.from({ length: 40 }, (_, row) => (row % 3 === 0 ? 0 : 1 + (row % 4)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return { rows: condenseRows(data), signs, shares: shares.map((share) => share / total), l2, bias };
}

function minimize(problem: BinaryProblem, loss: LossName, optimizer: OptimizerName, tolerance = 1e-9) {
  const solver = binaryOptimizer(problem, loss, { optimizer, l1: 0, tolerance, iterations: 100_000, seed: 1 });
  while (solver.step());
  return solver.solution();
}

type Solution = ReturnType<typeof minimize>;

function marginsOf({ rows, signs }: BinaryProblem, { shared, owned, bias }: Solution): number[] {
  return Array.from(signs, (sign, row) => sign * (rowDot(rows, row, shared) + rows.own[row] * owned[row] + bias));
}

/** F(w, b), written out. */
function objectiveOf(problem: BinaryProblem, loss: LossName, solution: Solution): number {
  const squares = [...solution.shared, ...solution.owned].reduce((sum, weight) => sum + weight * weight, 0);
  const { value } = marginLosses[loss];
  return marginsOf(problem, solution).reduce(
    (sum, margin, row) => sum + problem.shares[row] * value(margin),
    (problem.l2 / 2) * squares,
  );
}

const variants = [true, false].flatMap((bias) => [true, false].map((presence) => ({ bias, presence })));

for (const loss of ["logistic", "squared-hinge"] as const)
  test.each(variants)(`${loss}: the dual reaches what L-BFGS reaches, %o`, (variant) => {
    for (const seed of [1, 2, 3]) {
      const problem = problemOf(seed, variant);
      const [dual, primal] = (["dual-coordinate-descent", "lbfgs"] as const).map((each) =>
        minimize(problem, loss, each),
      );
      expect(dual.converged).toBe(true);
      expect(dual.objective / primal.objective).toBeCloseTo(1, 6);
      expect(dual.bias).toBeCloseTo(primal.bias, 2);
    }
  });

test.each(["logistic", "squared-hinge"] as const)(
  "%s: under weak penalties, on long rows, it converges within some dozen passes, no further than L-BFGS",
  (loss) => {
    for (const l2 of [1e-3, 1e-5, 1e-7, 1e-9])
      for (const presence of [true, false]) {
        const data = randomDataset({ rows: 60, columns: 2000, labels: 2, seed: 10, presence, density: 40 });
        const signs = Int8Array.from(data.targets, (target) => (target === 1 ? 1 : -1));
        const shares = new Float64Array(60).fill(1 / 60);
        const problem = { rows: condenseRows(data), signs, shares, l2, bias: false };
        const dual = minimize(problem, loss, "dual-coordinate-descent", 1e-5);
        expect(dual.iterations).toBeLessThan(100);
        expect(dual.converged).toBe(true);
        expect(dual.objective / objectiveOf(problem, loss, dual)).toBeCloseTo(1, 6);
        expect(dual.objective).toBeLessThan(1.0001 * minimize(problem, loss, "lbfgs", 1e-6).objective);
      }
  },
);

test.each(["logistic", "squared-hinge"] as const)("%s: a few rows far longer than the others do no harm", (loss) => {
  const plain = randomDataset({ rows: 100, columns: 60, labels: 2, seed: 11, presence: true, density: 3 });
  const signs = Int8Array.from(plain.targets, (target) => (target === 1 ? 1 : -1));
  const shares = new Float64Array(100).fill(1 / 100);
  for (const bias of [true, false])
    for (const long of [3, 300, 5000]) {
      const values = plain.values.slice();
      for (let row = 0; row < 100; row += 20) values.fill(long, plain.offsets[row], plain.offsets[row + 1]);
      const problem = { rows: condenseRows({ ...plain, values }), signs, shares, l2: 1e-4, bias };
      const dual = minimize(problem, loss, "dual-coordinate-descent", 1e-4);
      expect(dual).toMatchObject({ converged: true });
      expect(dual.iterations).toBeLessThan(1000);
      expect(dual.objective).toBeLessThan(1.0002 * minimize(problem, loss, "lbfgs", 1e-6).objective);
    }
});

/** The least of the hinge's objective by subgradient descent with falling steps, as near as that comes: written apart. */
function bySubgradients(problem: BinaryProblem): number {
  const { rows, signs, shares, l2 } = problem;
  const solution = { ...minimize(problem, "hinge", "dual-coordinate-descent", 1), bias: 0 };
  solution.shared.fill(0);
  solution.owned.fill(0);
  let least = Number.POSITIVE_INFINITY;
  for (let step = 1; step <= 20_000; step++) {
    const margins = marginsOf(problem, solution);
    const rate = 1 / (l2 * (step + 100));
    for (const weights of [solution.shared, solution.owned])
      for (let i = 0; i < weights.length; i++) weights[i] *= 1 - rate * l2;
    for (const [row, margin] of margins.entries()) {
      if (margin >= 1) continue;
      const amount = rate * shares[row] * signs[row];
      for (let k = rows.offsets[row]; k < rows.offsets[row + 1]; k++) solution.shared[rows.indices[k]] += amount;
      solution.owned[row] += amount * rows.own[row];
      if (problem.bias) solution.bias += (0.5 * shares[row] * signs[row]) / Math.sqrt(step);
    }
    if (step % 50 === 0) least = Math.min(least, objectiveOf(problem, "hinge", solution));
  }
  return least;
}

test.each([true, false])("hinge: no subgradient descent comes below it, and one comes near (bias %s)", (bias) => {
  for (const seed of [4, 5]) {
    const problem = problemOf(seed, { bias, l2: 0.1 });
    const reached = minimize(problem, "hinge", "dual-coordinate-descent", 1e-7).objective;
    const least = bySubgradients(problem);
    expect(least).toBeGreaterThan(reached * (1 - 1e-6));
    expect(least).toBeLessThan(reached * 1.01);
  }
});

test.each(["logistic", "hinge", "squared-hinge"] as const)(
  "%s: the objective that it tells is that of its weights, and within its tolerance of the least",
  (loss) => {
    for (const seed of [6, 7]) {
      const problem = problemOf(seed);
      const least = minimize(problem, loss, "dual-coordinate-descent").objective;
      for (const tolerance of [1e-1, 1e-3, 1e-5]) {
        const solution = minimize(problem, loss, "dual-coordinate-descent", tolerance);
        expect(solution.objective).toBeCloseTo(objectiveOf(problem, loss, solution), 10);
        expect(solution.objective).toBeLessThanOrEqual(least * (1 + tolerance));
        expect(solution.objective).toBeGreaterThanOrEqual(least * (1 - 1e-8));
      }
    }
  },
);

test("at the hinge's least, α is 0 beyond the margin and at its bound within (Karush, Kuhn and Tucker)", () => {
  const problem = problemOf(8, { bias: false });
  const solution = minimize(problem, "hinge", "dual-coordinate-descent", 1e-10);
  const { rows, signs, shares, l2 } = problem;
  for (const [row, margin] of marginsOf(problem, solution).entries()) {
    if (rows.own[row] === 0) continue;
    const alpha = (solution.owned[row] * signs[row]) / rows.own[row];
    if (margin > 1.001) expect(alpha).toBeCloseTo(0, 6);
    if (margin < 0.999) expect(alpha).toBeCloseTo(shares[row] / l2, 6);
    expect(alpha).toBeGreaterThanOrEqual(0);
    expect(alpha).toBeLessThanOrEqual(shares[row] / l2 + 1e-12);
  }
});

test("the same seed gives the same bits, another seed the same least", () => {
  const problem = problemOf(9);
  const run = (seed: number) => {
    const choice = { optimizer: "dual-coordinate-descent", l1: 0, tolerance: 1e-6, iterations: 1000, seed } as const;
    const solver = binaryOptimizer(problem, "squared-hinge", choice);
    while (solver.step());
    return solver.solution();
  };
  expect(run(1)).toEqual(run(1));
  expect(run(2)).not.toEqual(run(1));
  expect(run(2).objective / run(1).objective).toBeCloseTo(1, 5);
});
