import { addRow, rowDot } from "./binary-problem.js";
import type { DualLoss } from "./dual-coordinate-descent.js";
import { biasOf, type DualState, groupSize, rest } from "./dual-state.js";

/**
 * The hinge, max(0, 1 − m), or its square, in the dual (Hsieh et al. 2008, equation 4):
 *
 * min ½ ‖Σ αᵢ yᵢ xᵢ‖² + ½ Σ Dᵢ αᵢ² − Σ αᵢ, 0 ≤ αᵢ ≤ Uᵢ
 *
 * where the hinge has Dᵢ = 0 and Uᵢ = Cᵢ, its square Dᵢ = 1 / (2 Cᵢ) and no bound.
 */
export function dualHinge(squared: boolean): DualLoss {
  return {
    pass: (state) => passOverRows(state, squared),
    loss: (margin, cost) => lossOf(Math.max(0, 1 - margin), cost, squared),
    gap: (margin, row, { alphas, costs }) => gapOf(1 - margin, alphas[row], costs[row], squared),
  };
}

function lossOf(slack: number, cost: number, squared: boolean): number {
  return squared ? cost * slack * slack : cost * slack;
}

function gapOf(shortfall: number, alpha: number, cost: number, squared: boolean): number {
  const loss = lossOf(Math.max(shortfall, 0), cost, squared) - alpha * shortfall;
  return squared ? loss + (0.25 / cost) * alpha * alpha : loss;
}

function passOverRows(state: DualState, squared: boolean): { gap: number; looked: number } {
  const { alphas, costs, shared, curvatures, ownSquares, costly, groups, rests, problem } = state;
  const { signs, rows } = problem;
  let gap = 0;
  let looked = 0;
  for (let group = 0; group < groups.length; group++) {
    const first = groups[group];
    const last = Math.min(first + groupSize, costly.length);
    for (let place = first; place < last; place++) {
      const row = costly[place];
      if (rests[row] > 0) {
        rests[row]--;
        continue;
      }
      const alpha = alphas[row];
      const cost = costs[row];
      const output = rowDot(rows, row, shared) + biasOf(state);
      const shortfall = 1 - signs[row] * output - ownSquares[row] * alpha;
      const rowGap = gapOf(shortfall, alpha, cost, squared);
      gap += rowGap;
      looked++;
      const diagonal = squared ? 0.5 / cost : 0;
      const moved = alpha + (shortfall - diagonal * alpha) / (curvatures[row] + diagonal);
      const next = moved < 0 ? 0 : !squared && moved > cost ? cost : moved;
      rest(state, row, rowGap, next === alpha && moved !== alpha);
      if (next === alpha) continue;
      const change = (next - alpha) * signs[row];
      alphas[row] = next;
      state.imbalance += change;
      addRow(rows, row, change, shared);
    }
  }
  return { gap, looked };
}
