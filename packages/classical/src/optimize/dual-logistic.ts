import type { DualLoss } from "./dual-coordinate-descent.js";
import { type DualState, groupSize, marginOf, rest, setAlpha } from "./dual-state.js";
import { logisticLoss } from "./margin-losses.js";

/**
 * The logistic loss in the dual (Yu, Huang & Lin 2011, equation 3):
 *
 * min ½ ‖Σ αᵢ yᵢ xᵢ‖² + Σ αᵢ log αᵢ + (Cᵢ − αᵢ) log(Cᵢ − αᵢ), 0 < αᵢ < Cᵢ
 *
 * Each α is kept beside its logit t, α = C / (1 + e^−t), by which its own least point is where a (α − α′) + m + t = 0
 * (a the row's curvature, α′ and m before the move): a rising function whose slope is at least 1, so that Newton's steps
 * on t within a bracket cannot fail as α comes near a bound. All α are 0 until their row is first looked at.
 */
export function dualLogistic(rows: number): DualLoss {
  const logits = new Float64Array(rows);
  return {
    pass: (state) => passOverRows(state, logits),
    loss: (margin, cost) => cost * logisticLoss(margin),
    gap: (margin, row, { alphas, costs }) => gapOf(margin, logits[row], alphas[row], costs[row]),
  };
}

/** C (log(1 + e^−m) − log(1 + e^t) + p (t + m)), p = α / C: the divergence of −m from t. */
function gapOf(margin: number, logit: number, alpha: number, cost: number): number {
  if (alpha === 0) return cost * logisticLoss(margin);
  const apart = margin + logit;
  // Where the difference of logarithms would be all rounding.
  if (Math.abs(apart) < 0.1) return nearGap(apart, alpha, cost);
  return cost * (logisticLoss(margin) - logisticLoss(-logit)) + alpha * apart;
}

/** The second-order term of the gap: what a pass may go by, without a logarithm. */
function nearGap(apart: number, alpha: number, cost: number): number {
  return (0.5 * alpha * (cost - alpha) * apart * apart) / cost;
}

function passOverRows(state: DualState, logits: Float64Array): { gap: number; looked: number } {
  const { alphas, curvatures, costly, groups, rests, costs } = state;
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
      const cost = costs[row];
      const alpha = alphas[row];
      const margin = marginOf(state, row);
      const logit = alpha === 0 ? -margin : logits[row];
      const rowGap = alpha === 0 ? cost : nearGap(margin + logit, alpha, cost);
      gap += rowGap;
      looked++;
      rest(state, row, rowGap, false);
      logits[row] = bestLogit(logit, margin, alpha, cost, curvatures[row]);
      setAlpha(state, row, cost / (1 + Math.exp(-logits[row])));
    }
  }
  return { gap, looked };
}

const innerSteps = 30;
/** Newton's last step lands far nearer than it was long. */
const lastStep = 0.5;

/** The t of which a (C / (1 + e^−t) − α) + m + t is 0, or near enough: by Newton, halving the bracket where that leaves it. */
function bestLogit(start: number, margin: number, alpha: number, cost: number, curvature: number): number {
  let logit = start;
  let low = -margin - curvature * (cost - alpha);
  let high = -margin + curvature * alpha;
  for (let step = 0; step < innerSteps; step++) {
    const share = step === 0 && alpha > 0 ? alpha / cost : 1 / (1 + Math.exp(-logit));
    const slack = curvature * (cost * share - alpha) + margin + logit;
    if (slack > 0) high = logit;
    else low = logit;
    const newton = logit - slack / (1 + curvature * cost * share * (1 - share));
    const isWithin = newton >= low && newton <= high;
    const last = logit;
    logit = isWithin ? newton : (low + high) / 2;
    if (isWithin && Math.abs(logit - last) < lastStep) break;
  }
  return logit;
}
