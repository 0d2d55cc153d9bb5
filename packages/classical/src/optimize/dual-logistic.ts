import type { DualLoss } from "./dual-coordinate-descent.js";
import { logisticLoss } from "./margin-losses.js";
import { passOverRows } from "./pass-over-rows.js";

/**
 * The logistic loss in the dual (Yu, Huang & Lin 2011, equation 3):
 *
 * min ½ ‖Σ αᵢ yᵢ xᵢ‖² + Σ αᵢ log αᵢ + (Cᵢ − αᵢ) log(Cᵢ − αᵢ), 0 < αᵢ < Cᵢ
 *
 * Each α is kept beside its logit t, α = C / (1 + e^−t), by which its own least point is where a (α − α′) + m + t = 0
 * (a the row's curvature, α′ and m before the move): a rising function whose slope is at least 1, so that Newton's steps
 * on t within a bracket cannot fail as α comes near a bound. All α and t are 0 until their row is first looked at.
 * `machine-code/logistic-pass.ts` moves the α.
 */
export const dualLogistic: DualLoss = {
  pass: (state) => passOverRows(state, "logisticPass"),
  loss: (margin, cost) => cost * logisticLoss(margin),
  conjugate: conjugateOf,
  gap: gapOf,
};

/** C (log(1 + e^−m) − log(1 + e^t) + p (t + m)), p = α / C: the divergence of −m from t. */
function gapOf(loss: number, margin: number, alpha: number, cost: number, logit: number): number {
  if (alpha === 0) return loss;
  const apart = margin + logit;
  // Where the difference of logarithms would be all rounding.
  if (Math.abs(apart) < 0.1) return nearGap(apart, alpha, cost);
  return loss + conjugateOf(alpha, cost, logit) + alpha * margin;
}

/** C (p t − log(1 + e^t)), which is C (p log p + (1 − p) log(1 − p)). */
function conjugateOf(alpha: number, cost: number, logit: number): number {
  return alpha === 0 ? 0 : alpha * logit - cost * logisticLoss(-logit);
}

/** The second-order term of the gap: what a pass goes by, without a logarithm. */
function nearGap(apart: number, alpha: number, cost: number): number {
  return (0.5 * alpha * (cost - alpha) * apart * apart) / cost;
}
