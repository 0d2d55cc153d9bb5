import type { LabelScore } from "bifocal";

/** A label as a bar: how long, from 0 to 1, and the number beside it. */
export interface Bar {
  readonly label: string;
  readonly length: number;
  readonly number: string;
}

/** Probabilities as they are; margins, which have no fixed range, between the lowest and the highest. */
export function barsOf(scores: readonly LabelScore[]): Bar[] {
  if (areProbabilities(scores)) {
    return scores.map(({ label, score }) => ({ label, length: score, number: percent(score) }));
  }
  const values = scores.map(({ score }) => score);
  const lowest = Math.min(...values);
  const range = Math.max(...values) - lowest || 1;
  return scores.map(({ label, score }) => {
    return { label, length: (score - lowest) / range, number: score.toFixed(2).replace("-", "−") };
  });
}

/** Whether scores are probabilities of all labels, rather than margins. */
export function areProbabilities(scores: readonly LabelScore[]): boolean {
  const total = scores.reduce((sum, { score }) => sum + score, 0);
  return Math.abs(total - 1) < 1e-3 && scores.every(({ score }) => score >= 0);
}

/** 0.123 as "12.3%". What is not quite 0 or 1 is not shown as such. */
export function percent(probability: number): string {
  if (probability > 0 && probability < 0.0005) return "< 0.1%";
  if (probability < 1 && probability > 0.9995) return "> 99.9%";
  return `${(100 * probability).toFixed(1)}%`;
}
