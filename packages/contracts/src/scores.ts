import type { LabelScore } from "./results.js";

/** Labels with their scores, best first; equal scores keep the order of the labels. */
export function rankLabels(
  labels: readonly string[],
  scores: ArrayLike<number>,
): { label: string; score: number; scores: LabelScore[] } {
  const ranked = labels.map((label, i) => ({ label, score: scores[i] as number })).sort((a, b) => b.score - a.score);
  const best = ranked[0] as LabelScore;
  return { label: best.label, score: best.score, scores: ranked };
}

/** exp(x) / Σ exp(x), shifted by the largest so that nothing overflows. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const largest = Math.max(...Array.from(logits));
  const probabilities = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = probabilities.reduce((sum, each) => sum + each, 0);
  return probabilities.map((each) => each / total);
}
