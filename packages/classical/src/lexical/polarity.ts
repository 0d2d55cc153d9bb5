import { type LabelScore, rankLabels } from "@bifocal/contracts";

/** Labels of the lexicon classifiers; where two margins are equal the first of them wins. */
export const polarityLabels = ["neutral", "positive", "negative"] as const;

/**
 * Polarities as small as this are neutral: the border that Pattern draws between opinions and none. Between 0.05 and
 * 0.15 the macro-F1 of either English lexicon on rt-polarity and subj's objective sentences changes by less than 0.01.
 */
export const neutralZone = 0.1;

/**
 * Labels of a polarity p from -1 to 1, best first; |p| up to z = 0.1 is neutral.
 * Each score is a margin, the distance to the border of that label's range: p - z for positive, -p - z for negative,
 * z - |p| for neutral. It is above 0 for the label that wins and below 0 for the others.
 * @example labelPolarity(0.5).scores // positive 0.4, neutral -0.4, negative -0.6
 */
export function labelPolarity(polarity: number): { label: string; score: number; scores: LabelScore[] } {
  return rankLabels(polarityLabels, [
    neutralZone - Math.abs(polarity),
    polarity - neutralZone,
    -polarity - neutralZone,
  ]);
}
