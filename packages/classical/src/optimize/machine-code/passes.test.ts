import { expect, test } from "vitest";
import { randomDataset } from "../../../testing/random-dataset.js";
import { addRow, type BinaryProblem, rowDot } from "../binary-problem.js";
import { condenseRows } from "../condensed-rows.js";
import { biasOf, type DualState, dualState } from "../dual-state.js";
import { passOverRows } from "../pass-over-rows.js";
import { shuffleInPlace } from "../shuffle-in-place.js";
import { groupSize } from "./dual-pass.js";

// The passes of machine code, written out plainly: both must give the same bits.

interface Visit {
  readonly gap: number;
  readonly next: number;
  readonly longest: number;
}

function plainPass(state: DualState, visit: (state: DualState, row: number) => Visit) {
  const { rests, rested, alphas, costly, groups, problem } = state;
  let [gap, looked] = [0, 0];
  for (const first of groups)
    for (const row of costly.subarray(first, first + groupSize)) {
      if (rests[row] > 0) {
        rests[row]--;
        continue;
      }
      const found = visit(state, row);
      gap += found.gap;
      looked++;
      rested[row] = Math.min(2 * rested[row] + 1, found.longest);
      rests[row] = rested[row];
      const change = (found.next - alphas[row]) * problem.signs[row];
      alphas[row] = found.next;
      state.imbalance += change;
      addRow(problem.rows, row, change, state.shared);
    }
  return { gap, looked };
}

const hinge =
  (squared: boolean) =>
  (state: DualState, row: number): Visit => {
    const { alphas, costs, curvatures, ownSquares, restful, problem } = state;
    const [alpha, cost] = [alphas[row], costs[row]];
    const output = rowDot(problem.rows, row, state.shared) + biasOf(state);
    const shortfall = 1 - problem.signs[row] * output - ownSquares[row] * alpha;
    const slack = Math.max(0, shortfall);
    const loss = squared ? cost * slack * slack : cost * slack;
    const gap = loss - alpha * shortfall + (squared ? (0.25 / cost) * alpha * alpha : 0);
    const diagonal = squared ? 0.5 / cost : 0;
    const moved = alpha + (shortfall - diagonal * alpha) / (curvatures[row] + diagonal);
    const next = Math.min(Math.max(moved, 0), squared ? Number.POSITIVE_INFINITY : cost);
    const isAtBound = next === alpha && moved !== alpha;
    return { gap, next, longest: isAtBound ? 15 : gap < restful ? 1 : 0 };
  };

function logistic(state: DualState, row: number): Visit {
  const { alphas, logits, costs, curvatures, ownSquares, restful, problem } = state;
  const [alpha, cost, curvature] = [alphas[row], costs[row], curvatures[row]];
  const output = rowDot(problem.rows, row, state.shared) + biasOf(state);
  const margin = problem.signs[row] * output + ownSquares[row] * alpha;
  const [steepness, rest] = [curvature * cost, margin - curvature * alpha];
  const isNegative = steepness * 0.5 + rest >= 0;
  const [low, high] = isNegative ? [-rest - steepness, Math.min(-rest, 0)] : [Math.max(-rest - steepness, 0), -rest];
  const within = (value: number) => Math.min(Math.max(value, low), high);
  const apart = margin + logits[row];
  const isNew = alpha === 0 && logits[row] === 0;
  const gap = isNew ? cost : (0.5 * alpha * (cost - alpha) * apart * apart) / cost;
  const start = isNegative ? high : low;
  let logit = isNew ? start : within(logits[row]);
  const isKept = !isNew && logit === logits[row];
  for (let step = 0; step < 100; step++) {
    const share = step === 0 && isKept ? alpha / cost : 1 / (1 + Math.exp(-logit));
    const slack = steepness * share + rest + logit;
    const last = logit;
    logit = within(logit - slack / (1 + steepness * share * (1 - share)));
    if (Math.abs(logit - last) < 0.5) break;
  }
  logits[row] = logit;
  return { gap, next: cost / (1 + Math.exp(-logit)), longest: gap < restful ? 1 : 0 };
}

function problemOf(presence: boolean, bias: boolean): BinaryProblem {
  const data = randomDataset({ rows: 50, columns: 200, labels: 2, seed: 3, presence, density: 2 });
  const signs = Int8Array.from(data.targets, (target) => (target === 1 ? 1 : -1));
  const shares = Float64Array.from({ length: 50 }, (_, row) => (row % 7 === 0 ? 0 : (1 + (row % 3)) / 100));
  return { rows: condenseRows(data), signs, shares, l2: 0.01, bias };
}

const told = ({ alphas, shared, logits, rests, rested, imbalance }: DualState) =>
  structuredClone({ alphas: [...alphas], shared: [...shared], logits: [...logits], rests, rested, imbalance });

const losses = [
  { pass: "hingePass", squared: false, visit: hinge(false) },
  { pass: "hingePass", squared: true, visit: hinge(true) },
  { pass: "logisticPass", squared: false, visit: logistic },
] as const;

const variants = losses.flatMap((loss) =>
  [true, false].flatMap((presence) => [true, false].map((bias) => ({ ...loss, presence, bias }))),
);

test.each(variants)(
  "$pass gives the bits of its formulas (squared $squared, all values 1 $presence, bias $bias)",
  ({ pass, squared, visit, presence, bias }) => {
    const problem = problemOf(presence, bias);
    const [fast, plain] = [dualState(problem, 1), dualState(problem, 1)];
    for (let iteration = 0; iteration < 12; iteration++) {
      for (const state of [fast, plain]) {
        shuffleInPlace(state.groups, state.random);
        state.multiplier += state.pull * state.imbalance;
        state.restful = iteration < 2 ? 0 : 1e-3;
      }
      expect(passOverRows(fast, pass, squared)).toEqual(plainPass(plain, visit));
      expect(told(fast)).toEqual(told(plain));
    }
    expect(fast.rests.some((rest) => rest > 0)).toBe(true);
  },
);

/** Where t + A σ(t) + m − a α′ is 0, by halving: written apart from the pass. */
function rootOf(curvature: number, cost: number, margin: number, alpha: number): number {
  const rest = margin - curvature * alpha;
  let [low, high] = [-rest - curvature * cost, -rest];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle + (curvature * cost) / (1 + Math.exp(-middle)) + rest > 0) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

test("logisticPass comes to each row's own least point from wherever it stands, whatever rows, costs and margins are", () => {
  const data = randomDataset({ rows: 2, columns: 3, labels: 2, seed: 1, presence: true, density: 9 });
  const problem = {
    rows: condenseRows(data),
    signs: Int8Array.of(1, -1),
    shares: Float64Array.of(0.5, 0),
    l2: 1,
    bias: false,
  };
  for (const curvature of [1e-9, 1, 40, 1e6])
    for (const cost of [1e-9, 1, 1e6])
      for (const margin of [-1e4, -30, -1, 0, 0.5, 30, 1e4])
        for (const logit of [undefined, -800, -20, -1, 0.25, 20, 800]) {
          const state = dualState(problem, 1);
          state.costs[0] = cost;
          state.curvatures[0] = curvature;
          state.ownSquares[0] = 0;
          if (logit !== undefined) state.logits[0] = logit;
          const alpha = logit === undefined ? 0 : cost / (1 + Math.exp(-logit));
          state.alphas[0] = alpha;
          // All that the row has in common with others is one weight each.
          const entries = problem.rows.offsets[1] - problem.rows.offsets[0];
          state.shared.fill(margin / entries);
          passOverRows(state, "logisticPass");
          // The last of Newton's steps is below a half; what is left is at most half its square, times e^½ for how σ bends.
          const off = Math.abs(state.logits[0] - rootOf(curvature, cost, margin, alpha));
          expect(off).toBeLessThan(0.21 + 1e-9 * (1 + curvature * cost + Math.abs(margin)));
          expect(state.alphas[0]).toBe(cost / (1 + Math.exp(-state.logits[0])));
        }
});
