/**
 * How often words of one class follow words of another, and what that is worth: with f(x) = x · ln x,
 *
 * F = Σ f(N(g, h)) − 2 Σ f(N(g)),
 *
 * which is the classes' mutual information, T · I(g; h), less what does not depend on the classes (Brown et al. 1992,
 * section 3; Martin, Liermann and Ney 1998, equation 7). Every token follows one and is followed by one, boundaries
 * between sentences included, so that a class stands as often before as after.
 */
export interface ClassBigrams {
  readonly classes: number;
  /** classes × classes: N(class, class after it). */
  readonly counts: Float64Array;
  /** The same turned round: N(class before it, class), so that both are read along rows. */
  readonly turned: Float64Array;
  /** N(class). */
  readonly totals: Float64Array;
}

export function emptyClassBigrams(classes: number): ClassBigrams {
  const square = () => new Float64Array(classes * classes);
  return { classes, counts: square(), turned: square(), totals: new Float64Array(classes) };
}

/** Adds to N(first, second). */
export function addBigram({ classes, counts, turned }: ClassBigrams, first: number, second: number, count: number) {
  counts[first * classes + second] += count;
  turned[second * classes + first] += count;
}

/** What the classes are worth: F above. */
export function worthOf({ counts, totals }: ClassBigrams): number {
  let value = 0;
  for (const count of counts) value += timesLog(count);
  for (const total of totals) value -= 2 * timesLog(total);
  return value;
}

const tabled = 2 ** 14;
const table = new Float64Array(tabled);
for (let count = 2; count < tabled; count++) table[count] = count * Math.log(count);

/** x · ln x of a whole number, 0 of 0. */
export function timesLog(count: number): number {
  return count < tabled ? table[count] : count * Math.log(count);
}
