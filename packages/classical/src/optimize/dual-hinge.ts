import type { DualLoss } from "./dual-coordinate-descent.js";
import { passOverRows } from "./pass-over-rows.js";

/**
 * The hinge, max(0, 1 − m), or its square, in the dual (Hsieh et al. 2008, equation 4):
 *
 * min ½ ‖Σ αᵢ yᵢ xᵢ‖² + ½ Σ Dᵢ αᵢ² − Σ αᵢ, 0 ≤ αᵢ ≤ Uᵢ
 *
 * where the hinge has Dᵢ = 0 and Uᵢ = Cᵢ, its square Dᵢ = 1 / (2 Cᵢ) and no bound.
 * `machine-code/hinge-pass.ts` moves the α.
 */
export function dualHinge(squared: boolean): DualLoss {
  return {
    pass: (state) => passOverRows(state, "hingePass", squared),
    loss: (margin, cost) => lossOf(Math.max(0, 1 - margin), cost, squared),
    conjugate: (alpha, cost) => conjugateOf(alpha, cost, squared),
    gap: (loss, margin, alpha, cost) => loss + conjugateOf(alpha, cost, squared) + alpha * margin,
  };
}

function lossOf(slack: number, cost: number, squared: boolean): number {
  return squared ? cost * slack * slack : cost * slack;
}

function conjugateOf(alpha: number, cost: number, squared: boolean): number {
  return squared ? (0.25 / cost) * alpha * alpha - alpha : -alpha;
}
