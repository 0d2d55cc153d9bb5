/** A minimization under way: made step by step by whoever drives it, who may end it at any step and have the best so far. */
export interface Optimizer<S> {
  /** Takes one more step; `false` where there is none to take. */
  step(): boolean;
  /** Steps taken so far. */
  readonly iteration: number;
  /** The objective after the last step; where that would cost a pass over the rows, about. */
  readonly objective: number;
  /** Whether the objective is within the tolerance of the least one. */
  readonly converged: boolean;
  /** What has been reached. */
  solution(): S;
}
