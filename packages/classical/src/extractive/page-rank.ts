export interface PageRankOptions {
  /** Share of a node's score that its neighbours give, from 0 to 1. */
  readonly damping?: number;
  /** Stop when no score changes by more than this. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

/**
 * Scores of the nodes of a weighted graph, by power iteration from 1 (Mihalcea & Tarau 2004, their second formula):
 * score(i) = (1 - damping) + damping · Σ_j weight(j, i) / Σ_k weight(j, k) · score(j).
 * A node without edges scores 1 - damping. `weights` is nodes × nodes, row by row, none below 0.
 */
export function pageRank(
  weights: Float64Array,
  nodes: number,
  { damping = 0.85, tolerance = 1e-6, maxIterations = 200 }: PageRankOptions = {},
): Float64Array {
  const totals = Float64Array.from({ length: nodes }, (_, i) => sum(weights.subarray(i * nodes, (i + 1) * nodes)));
  let scores = new Float64Array(nodes).fill(1);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const next = new Float64Array(nodes).fill(1 - damping);
    for (let from = 0; from < nodes; from++) {
      if (totals[from] > 0) share(next, weights, from * nodes, (damping * scores[from]) / totals[from]);
    }
    const change = largestChange(scores, next);
    scores = next;
    if (change <= tolerance) break;
  }
  return scores;
}

function largestChange(before: Float64Array, after: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < after.length; i++) largest = Math.max(largest, Math.abs(after[i] - before[i]));
  return largest;
}

/** Adds one node's row of weights, times what it has to give, to the scores of its neighbours. */
function share(scores: Float64Array, weights: Float64Array, row: number, amount: number): void {
  for (let to = 0; to < scores.length; to++) scores[to] += amount * weights[row + to];
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
