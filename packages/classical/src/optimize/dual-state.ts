import { type Random, seededRandom } from "@bifocal/contracts";
import { addRow, type BinaryProblem, rowDot, squaredLengths } from "./binary-problem.js";
import { counting } from "./condensed-rows.js";

export interface DualOptions {
  /** Ends once the objective is proven to be within this share of the least one, by the gap to the dual's. */
  readonly tolerance: number;
  /** Passes over the rows at most. */
  readonly iterations: number;
  /** Of the order in which rows are looked at. */
  readonly seed: number;
}

/**
 * What coordinate descent over the dual of a binary problem works on: w = Σ αᵢ yᵢ xᵢ at all times, and Σ αᵢ yᵢ = 0 at
 * the end where there is a bias. That constraint is held by an augmented Lagrangian (Nocedal & Wright 2006, section
 * 17.3): its multiplier is the bias, and its square acts as one more feature, of the value √`pull`, in every row.
 */
export interface DualState {
  readonly problem: BinaryProblem;
  /** Cᵢ = shareᵢ / l2: F / l2 = ½ ‖w‖² + Σ Cᵢ lossᵢ. */
  readonly costs: Float64Array;
  /** One a row, from 0. */
  readonly alphas: Float64Array;
  /** w over the shared columns. */
  readonly shared: Float64Array;
  /** ‖x‖² of each row, and the pull. */
  readonly curvatures: Float64Array;
  /** ‖x‖² of each row over its own columns alone. */
  readonly ownSquares: Float64Array;
  /** The rows that cost anything, as they lie in memory. */
  readonly costly: Uint32Array;
  /** Where groups of neighbours among them begin, in the order of the last pass. */
  readonly groups: Uint32Array;
  /** For how many passes each row is not looked at, and for how many it was not the last time. */
  readonly rests: Uint8Array;
  readonly rested: Uint8Array;
  /** Gaps below this let a row rest that is at no bound. */
  restful: number;
  readonly random: Random;
  /** Σ αᵢ yᵢ. */
  imbalance: number;
  multiplier: number;
  /** 0 where there is no bias. */
  readonly pull: number;
}

/**
 * How many rows are looked at one after the other as they lie in memory, which is faster. Orders that are less random
 * than this need more passes: groups of eight some, of a hundred three times as many.
 */
export const groupSize = 4;

export function dualState(problem: BinaryProblem, seed: number): DualState {
  const { rows, shares, l2 } = problem;
  const costly = costlyRows(shares);
  const lengths = squaredLengths(rows);
  const pull = problem.bias ? rowCurvatures * meanOf(lengths) + biasCurvatures * l2 : 0;
  const [costs, curvatures, ownSquares] = [shares, lengths, rows.own].map((each) => new Float64Array(each.length));
  for (let row = 0; row < rows.rows; row++) {
    costs[row] = shares[row] / l2;
    curvatures[row] = lengths[row] + pull;
    ownSquares[row] = rows.own[row] * rows.own[row];
  }
  return {
    problem,
    costs,
    alphas: new Float64Array(rows.rows),
    shared: new Float64Array(rows.columns),
    curvatures,
    ownSquares,
    costly,
    groups: counting(Math.ceil(costly.length / groupSize)).map((group) => group * groupSize),
    rests: new Uint8Array(rows.rows),
    rested: new Uint8Array(rows.rows),
    restful: 0,
    random: seededRandom(seed),
    imbalance: 0,
    multiplier: 0,
    pull,
  };
}

function costlyRows(shares: Float64Array): Uint32Array {
  const costly = new Uint32Array(shares.length);
  let count = 0;
  for (let row = 0; row < shares.length; row++) if (shares[row] > 0) costly[count++] = row;
  return costly.subarray(0, count);
}

/**
 * How much flatter the constraint's square may be than the rows are, and than the losses are in the bias (Σ C = 1 / l2):
 * the steeper, the sooner it is met, but the more it ties the rows to each other: as steep as they, it takes three times
 * as many passes.
 */
const [rowCurvatures, biasCurvatures] = [0.03, 16];

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / Math.max(1, values.length);
}

const restfulShare = 0.1;
const longestRest = { bound: 15, free: 1 };

/** Lets a row rest that stays at a bound, the longer the more often it did, and one whose gap is small for a pass. */
export function rest({ rests, rested, restful }: DualState, row: number, gap: number, isBound: boolean): void {
  const longest = isBound ? longestRest.bound : gap < restful ? longestRest.free : 0;
  rested[row] = Math.min(2 * rested[row] + 1, longest);
  rests[row] = rested[row];
}

/** Sets from the gaps of a pass which ones are small in the next. */
export function setRestful(state: DualState, gap: number, looked: number): void {
  state.restful = (restfulShare * gap) / Math.max(1, looked);
}

/** The bias as it stands. */
export function biasOf({ multiplier, pull, imbalance }: DualState): number {
  return multiplier + pull * imbalance;
}

/** yᵢ (w·xᵢ + b). */
export function marginOf(state: DualState, row: number): number {
  const { problem, alphas, shared, ownSquares } = state;
  return problem.signs[row] * (rowDot(problem.rows, row, shared) + biasOf(state)) + ownSquares[row] * alphas[row];
}

/** αᵢ ← alpha, and w with it. */
export function setAlpha(state: DualState, row: number, alpha: number): void {
  const change = (alpha - state.alphas[row]) * state.problem.signs[row];
  state.alphas[row] = alpha;
  state.imbalance += change;
  addRow(state.problem.rows, row, change, state.shared);
}

/** ½ ‖w‖² of the primal, own columns included. */
export function penaltyOf({ shared, alphas, ownSquares }: DualState): number {
  let squares = 0;
  for (let column = 0; column < shared.length; column++) squares += shared[column] * shared[column];
  for (let row = 0; row < alphas.length; row++) squares += ownSquares[row] * alphas[row] * alphas[row];
  return squares / 2;
}

/**
 * How far the objective may still fall because Σ αᵢ yᵢ is not 0 yet: the imbalance times how far the bias may still
 * move, for which four times its own size is taken, or 4.
 */
export function imbalanceGap(state: DualState): number {
  return state.pull === 0 ? 0 : 4 * Math.abs(state.imbalance) * Math.max(1, Math.abs(biasOf(state)));
}

/** The weights of what is each row's own. */
export function ownedWeights({ alphas, problem: { signs, rows } }: DualState): Float64Array {
  return alphas.map((alpha, row) => alpha * signs[row] * rows.own[row]);
}
