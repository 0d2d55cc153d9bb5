import type { BinaryProblem, BinarySolution } from "./binary-problem.js";
import {
  biasOf,
  type DualOptions,
  type DualState,
  dualState,
  imbalanceGap,
  ownedWeights,
  penaltyOf,
  setRestful,
} from "./dual-state.js";
import type { Optimizer } from "./optimizer.js";
import { sumRows } from "./pass-over-rows.js";
import { shuffleInPlace } from "./shuffle-in-place.js";

/** What coordinate descent asks of a loss, of a row's α, its C, and its logit, which only the logistic loss has. */
export interface DualLoss {
  /** Looks at every row that does not rest, moves its α, and returns how many it looked at and the sum of their gaps. */
  pass(state: DualState): { readonly gap: number; readonly looked: number };
  /** C loss(m). */
  loss(margin: number, cost: number): number;
  /** The least that C loss(m) + α m can be, with the other sign. */
  conjugate(alpha: number, cost: number, logit: number): number;
  /**
   * C loss(m) + conjugate(α) + α m, below 0 by rounding alone: by how much α falls short of its best answer to m.
   * @param loss C loss(m)
   */
  gap(loss: number, margin: number, alpha: number, cost: number, logit: number): number;
}

/** Until then all that is not at a bound moves far. */
const restlessPasses = 2;

/**
 * Coordinate descent over the dual of a binary problem, a pass over the rows at a time, in an order drawn anew each time,
 * which is what makes it fast (Hsieh, Chang, Lin, Keerthi & Sundararajan 2008, algorithm 2).
 *
 * It ends by the gap between primal and dual, which is a sum over rows of which none is below 0 (Fenchel and Young).
 * Each row's part is known as it is looked at; where their sum, falling on as it fell in this pass, would be small
 * enough, a pass over all rows tells the exact gap. In place of shrinking, which drops rows until the rest has converged,
 * a row that stays at a bound rests for 1, 3, 7, then 15 passes, and one whose part is below a tenth of the mean for one:
 * the same rows are spared, and none is lost for long where it moves again.
 */
export function dualCoordinateDescent(
  problem: BinaryProblem,
  loss: DualLoss,
  { tolerance, iterations, seed }: DualOptions,
): Optimizer<BinarySolution> {
  const state = dualState(problem, seed);
  let [iteration, converged, lastGap, measuredFrom] = [0, false, 0, 0];
  let value = valueAtZero(state, loss);
  let guess = value;
  const told = { value, at: 0 };

  /** A pass over all rows for whoever asks: after 1, 2, 4, 8, … of those that leave out what rests, and in the end. */
  function tell(): void {
    const due = iteration >= 2 * told.at || converged || iteration >= iterations;
    if (told.at === iteration || !due) return;
    told.value = converged ? value : measure(state, loss).value;
    told.at = iteration;
  }

  return {
    step() {
      if (converged || iteration >= iterations) return false;
      state.multiplier += state.pull * state.imbalance;
      shuffleInPlace(state.groups, state.random);
      const { gap, looked } = loss.pass(state);
      setRestful(state, iteration < restlessPasses ? 0 : gap, looked);
      iteration++;
      const rate = lastGap > 0 ? Math.min(1, gap / lastGap) : 1;
      lastGap = gap;
      const left = gap * rate + imbalanceGap(state);
      // The objective was larger when it was measured last; the dual's, which is worked out sooner, tells about how large it is.
      const mayBeNear = iteration >= measuredFrom && left <= 2 * tolerance * guess;
      if (mayBeNear) guess = Math.max(dualValue(state, loss) + gap, guess / 4);
      if (mayBeNear && left <= tolerance * guess) {
        const exact = measure(state, loss);
        value = exact.value;
        converged = exact.gap <= tolerance * value;
        measuredFrom = iteration + passesFor(exact.gap / (tolerance * value), rate);
      }
      return true;
    },
    get iteration() {
      return iteration;
    },
    get objective() {
      tell();
      return problem.l2 * told.value;
    },
    get converged() {
      return converged;
    },
    solution() {
      if (!converged) ({ value } = measure(state, loss));
      const [shared, owned, bias] = [state.shared.slice(), ownedWeights(state), biasOf(state)];
      return { shared, owned, bias, objective: problem.l2 * value, iterations: iteration, converged };
    },
  };
}

const mostPasses = 8;

/** After about how many passes a gap that falls at that rate in each is so many times smaller. */
function passesFor(times: number, rate: number): number {
  return Math.min(mostPasses, Math.log(times) / Math.log(1 / rate));
}

/** The objective without its factor l2 where all weights are 0. */
function valueAtZero({ costly, costs }: DualState, loss: DualLoss): number {
  let value = 0;
  for (let place = 0; place < costly.length; place++) value += loss.loss(0, costs[costly[place]]);
  return value;
}

/** The dual objective without its factor l2: where Σ αᵢ yᵢ is 0, or there is no bias, the objective never comes below it. */
function dualValue(state: DualState, loss: DualLoss): number {
  const { costly, alphas, costs, logits } = state;
  let value = -penaltyOf(state);
  for (let place = 0; place < costly.length; place++) {
    const row = costly[place];
    value -= loss.conjugate(alphas[row], costs[row], logits[row]);
  }
  return value;
}

/** The objective without its factor l2, and at most how far it is from the least: a pass over all rows. */
function measure(state: DualState, loss: DualLoss): { value: number; gap: number } {
  const { costly, alphas, costs, logits, signs, ownSquares, outputs } = state;
  sumRows(state);
  const bias = biasOf(state);
  let value = penaltyOf(state);
  let gap = imbalanceGap(state);
  for (let place = 0; place < costly.length; place++) {
    const row = costly[place];
    const alpha = alphas[row];
    const margin = signs[row] * (outputs[row] + bias) + ownSquares[row] * alpha;
    const suffered = loss.loss(margin, costs[row]);
    value += suffered;
    gap += loss.gap(suffered, margin, alpha, costs[row], logits[row]);
  }
  return { value, gap };
}
