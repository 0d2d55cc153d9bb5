/**
 * Scores that differ by less are equal: rounding alone may bring so much. So structures that score alike are not gone
 * through in circles, and which of them is found does not hang on the order in which numbers are added up.
 */
export const leastGain = 1e-7;
