/** Labels of the lexicon classifiers; where two margins are equal the first of them wins. */
export const polarityLabels = ["neutral", "positive", "negative"] as const;

/**
 * Polarities as small as this are neutral: the border that Pattern draws between opinions and none. It is a convention,
 * chosen on no data of ours, so that a baseline by lexicon has seen none.
 */
export const neutralZone = 0.1;

/**
 * Margins of `polarityLabels` for a polarity p from -1 to 1; |p| up to z = 0.1 is neutral. Each is the distance to the
 * border of that label's range: z - |p| for neutral, p - z for positive, -p - z for negative. It is above 0 for the
 * label that wins and below 0 for the others.
 * @example polarityMargins(0.5) // neutral -0.4, positive 0.4, negative -0.6
 */
export function polarityMargins(polarity: number): number[] {
  return [neutralZone - Math.abs(polarity), polarity - neutralZone, -polarity - neutralZone];
}
