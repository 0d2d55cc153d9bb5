/** What is taken from n-grams that count 1, 2, and 3 or more. */
export type Discounts = readonly [once: number, twice: number, more: number];

const fallback: Discounts = [0.5, 1, 1.5];

/**
 * The three discounts of modified Kneser-Ney (Chen & Goodman 1998, equation 26): `D_k = k − (k + 1) · Y · n_{k+1} / n_k`
 * with `Y = n₁ / (n₁ + 2 n₂)`, where `n_k` n-grams count k. Where these counts are too few for that to lie between
 * 0 and k, KenLM's fallback 0.5, 1, 1.5.
 * @param having how many n-grams count 0, 1, 2, 3 and 4
 */
export function modifiedDiscounts(having: ArrayLike<number>): Discounts {
  const ratio = having[1] / (having[1] + 2 * having[2]);
  const discount = (k: number): number => k - ((k + 1) * ratio * having[k + 1]) / having[k];
  const discounts: Discounts = [discount(1), discount(2), discount(3)];
  return discounts.every((each, k) => each > 0 && each <= k + 1) ? discounts : fallback;
}
