/**
 * p-values corrected for how many there are, in the order given: the i-th smallest of m is multiplied by m - i + 1 and
 * is at least the one before it, at most 1 (Holm 1979). Rejecting where it is at most α keeps the chance of any false
 * rejection at most α.
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length).fill(0);
  let largest = 0;
  const ascending = [...pValues.entries()].sort(([, a], [, b]) => a - b);
  for (const [rank, [place, p]] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[place] = largest;
  }
  return adjusted;
}
