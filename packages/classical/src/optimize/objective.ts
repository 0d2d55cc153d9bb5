/** A function to minimize: its value at a point, and its gradient written into an array of the same length. */
export interface Objective {
  readonly dimension: number;
  evaluate(point: Float64Array, gradient: Float64Array): number;
}

/** An objective and a penalty on absolute values: value + Σ l1 |xᵢ| over the first `penalized` coordinates. */
export interface PenalizedObjective extends Objective {
  readonly penalized: number;
  readonly l1: number;
}
