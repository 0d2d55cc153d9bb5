import { BifocalError, type Random, seededRandom } from "@bifocal/contracts";
import { roomIn } from "../machine-code/array-room.js";
import type { SharedMemory } from "../machine-code/shared-memory.js";
import { type BinaryProblem, squaredLengths } from "./binary-problem.js";
import type { CondensedRows } from "./condensed-rows.js";
import { groupSize } from "./machine-code/dual-pass.js";

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
 * Its arrays lie in the memory of the rows, where machine code passes over them.
 */
export interface DualState {
  readonly problem: BinaryProblem;
  /** Cᵢ = shareᵢ / l2: F / l2 = ½ ‖w‖² + Σ Cᵢ lossᵢ. */
  readonly costs: Float64Array;
  /** One a row, from 0. */
  readonly alphas: Float64Array;
  /** w over the shared columns. */
  readonly shared: Float64Array;
  /** t of each row, see `dualLogistic`. */
  readonly logits: Float64Array;
  /** The problem's. */
  readonly signs: Int8Array;
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
  /** x·w of each row over the shared columns, when they were last asked for. */
  readonly outputs: Float64Array;
  /** What a pass came to: the sum of the gaps, how many rows it looked at, and the imbalance. */
  readonly told: Float64Array;
  /** Gaps below this let a row rest that is at no bound. */
  restful: number;
  readonly random: Random;
  /** Σ αᵢ yᵢ. */
  imbalance: number;
  multiplier: number;
  /** 0 where there is no bias. */
  readonly pull: number;
}

/** @throws {BifocalError} `too-large` where there is no memory left. */
export function dualState(problem: BinaryProblem, seed: number): DualState {
  const { rows, shares, l2, signs } = problem;
  const { array } = problem.room ?? roomIn(memoryOf(rows));
  const numbers = () => array(Float64Array, rows.rows);
  const state = {
    ...{ problem, random: seededRandom(seed), imbalance: 0, multiplier: 0, restful: 0 },
    ...{ costs: numbers(), alphas: numbers(), curvatures: numbers(), ownSquares: numbers(), logits: numbers() },
    outputs: numbers(),
    shared: array(Float64Array, rows.columns),
    signs: array(Int8Array, rows.rows),
    rests: array(Uint8Array, rows.rows),
    rested: array(Uint8Array, rows.rows),
    told: array(Float64Array, 3),
    costly: setCostlyRows(array(Uint32Array, rows.rows), shares),
  };
  const groups = array(Uint32Array, Math.ceil(state.costly.length / groupSize));
  for (let group = 0; group < groups.length; group++) groups[group] = group * groupSize;
  state.signs.set(signs);
  const lengths = squaredLengths(rows);
  const pull = problem.bias ? rowCurvatures * medianOf(lengths) + biasCurvatures * l2 : 0;
  const { costs, curvatures, ownSquares } = state;
  for (let row = 0; row < lengths.length; row++) {
    costs[row] = shares[row] / l2;
    curvatures[row] = lengths[row] + pull;
    ownSquares[row] = rows.own[row] * rows.own[row];
  }
  return { ...state, groups, pull };
}

/** @throws {BifocalError} `internal` of plain rows. */
export function memoryOf({ memory }: CondensedRows): SharedMemory {
  if (memory !== undefined) return memory;
  throw new BifocalError("internal", "Coordinate descent works on condensed rows.");
}

function setCostlyRows(costly: Uint32Array, shares: Float64Array): Uint32Array {
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

const sampleSize = 1000;

/** The median of about a thousand of the values, from all over: unlike their mean, a few that are far larger do not move it. */
function medianOf(values: Float64Array): number {
  const step = Math.ceil(values.length / sampleSize);
  const sample = values.filter((_, row) => row % step === 0).sort();
  return sample.length === 0 ? 0 : sample[sample.length >> 1];
}

const restfulShare = 0.1;

/** Sets from the gaps of a pass which ones are small in the next. */
export function setRestful(state: DualState, gap: number, looked: number): void {
  state.restful = (restfulShare * gap) / Math.max(1, looked);
}

/** The bias as it stands. */
export function biasOf({ multiplier, pull, imbalance }: DualState): number {
  return multiplier + pull * imbalance;
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
  const owned = new Float64Array(alphas.length);
  for (let row = 0; row < owned.length; row++) owned[row] = alphas[row] * signs[row] * rows.own[row];
  return owned;
}
