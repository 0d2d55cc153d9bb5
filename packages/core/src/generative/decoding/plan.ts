import type { Constraints } from "./constraints.js";
import type { Sampling } from "./sampling.js";

/** How sequences are looked for. */
export interface DecodingPlan extends Constraints {
  /** Tokens are drawn rather than the likeliest taken. */
  readonly sampling?: Sampling;
  /** Of what is drawn: every prompt's own sequence of random numbers begins with it. */
  readonly seed: number;
  /** 1: one sequence is followed; more: the so many best at every length. */
  readonly numBeams: number;
  /** The sum of a sequence's log-probabilities is divided by its length to this power: above 0 favours long ones. */
  readonly lengthPenalty: number;
  /**
   * `true`: beam search ends with the first `numBeams` whole sequences; `false`: once none of the same length could be
   * better; `"never"`: once none could.
   */
  readonly earlyStopping: boolean | "never";
  /** So many of the beams are returned, best first; without beams, so many are drawn. */
  readonly numReturnSequences: number;
  /** Ends a sequence where it says true of what is written: a stop string. */
  readonly stops?: (prompt: number, written: readonly number[]) => boolean;
}
