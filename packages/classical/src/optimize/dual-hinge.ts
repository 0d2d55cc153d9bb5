import type { DualLoss } from "./dual-coordinate-descent.js";
import { type DualState, longerRest } from "./dual-state.js";

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

// The rows' sums stand here in full, a case for values that are all 1: calls and copies would take half of the time.
function passOverRows(state: DualState, squared: boolean): { gap: number; looked: number } {
  const { alphas, costs, shared, curvatures, ownSquares, order, rests, rested, restful, pull, multiplier } = state;
  const { signs, rows } = state.problem;
  const { offsets, indices, values } = rows;
  const ones = values.length === 0;
  let [imbalance, gap, looked] = [state.imbalance, 0, 0];
  for (let place = 0; place < order.length; place++) {
    const row = order[place];
    if (rests[row] > 0) {
      rests[row]--;
      continue;
    }
    const end = offsets[row + 1];
    let k = offsets[row];
    let output = multiplier + pull * imbalance;
    if (ones) {
      let other = 0;
      for (; k + 1 < end; k += 2) {
        output += shared[indices[k]];
        other += shared[indices[k + 1]];
      }
      if (k < end) output += shared[indices[k]];
      output += other;
    } else for (; k < end; k++) output += values[k] * shared[indices[k]];
    const alpha = alphas[row];
    const cost = costs[row];
    const shortfall = 1 - signs[row] * output - ownSquares[row] * alpha;
    const rowGap = gapOf(shortfall, alpha, cost, squared);
    gap += rowGap;
    looked++;
    rested[row] = rowGap < restful ? longerRest(rested[row]) : 0;
    rests[row] = rested[row];
    const diagonal = squared ? 0.5 / cost : 0;
    const moved = alpha + (shortfall - diagonal * alpha) / (curvatures[row] + diagonal);
    const next = moved < 0 ? 0 : !squared && moved > cost ? cost : moved;
    if (next === alpha) continue;
    const change = (next - alpha) * signs[row];
    alphas[row] = next;
    imbalance += change;
    k = offsets[row];
    if (ones) for (; k < end; k++) shared[indices[k]] += change;
    else for (; k < end; k++) shared[indices[k]] += change * values[k];
  }
  state.imbalance = imbalance;
  return { gap, looked };
}
