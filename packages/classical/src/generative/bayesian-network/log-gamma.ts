/** Coefficients of Stirling's series, B₂ₖ / (2k (2k - 1)). */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
const halfLogOfTwoPi = 0.5 * Math.log(2 * Math.PI);

/** ln Γ(x) for x > 0, by Stirling's series from 8 on and Γ(x + 1) = x Γ(x) below; to about 14 digits. */
export function logGamma(x: number): number {
  let shift = 1;
  let at = x;
  while (at < 8) shift *= at++;
  const inverse = 1 / (at * at);
  let series = 0;
  for (let k = stirling.length - 1; k >= 0; k--) series = series * inverse + stirling[k];
  return (at - 0.5) * Math.log(at) - at + halfLogOfTwoPi + series / at - Math.log(shift);
}
