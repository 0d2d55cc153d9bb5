import type { LabelScore } from "./results.js";

/** Labels with their scores, best first; equal scores keep the order of the labels. */
export function rankLabels(
  labels: readonly string[],
  scores: ArrayLike<number>,
): { label: string; score: number; scores: LabelScore[] } {
  const ranked = labels.map((label, i) => ({ label, score: scores[i] as number }));
  sortByScore(ranked);
  const best = ranked[0] as LabelScore;
  return { label: best.label, score: best.score, scores: ranked };
}

/** Best first, by insertion where labels are few: faster than a general sort, and as stable. */
function sortByScore(ranked: LabelScore[]): void {
  if (ranked.length > 32) ranked.sort((a, b) => b.score - a.score);
  for (let i = 1; i < ranked.length; i++) {
    const each = ranked[i] as LabelScore;
    let at = i;
    for (; at > 0 && (ranked[at - 1] as LabelScore).score < each.score; at--) ranked[at] = ranked[at - 1] as LabelScore;
    ranked[at] = each;
  }
}

/** exp(x) / Σ exp(x), shifted by the largest so that nothing overflows. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const count = logits.length;
  const probabilities = new Float64Array(count);
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) largest = Math.max(largest, logits[i] as number);
  let total = 0;
  for (let i = 0; i < count; i++) {
    probabilities[i] = Math.exp((logits[i] as number) - largest);
    total += probabilities[i] as number;
  }
  for (let i = 0; i < count; i++) probabilities[i] = (probabilities[i] as number) / total;
  return probabilities;
}
