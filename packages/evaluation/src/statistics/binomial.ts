/** ln(n!) less Stirling's (n + ½)·ln n - n + ½·ln 2π, for n ≥ 1. Loader 2000, section 4. */
function stirlingError(n: number): number {
  if (n > 15) {
    const square = n * n;
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
  }
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
}

/** x·ln(x/mean) + mean - x without cancellation where the two are close. Loader 2000, section 4. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let term = 2 * x * v;
  for (let j = 3; ; j += 2) {
    term *= v * v;
    const next = sum + term / j;
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * P(K = k) for K heads in n fair tosses, to about 1 part in 10^14 for n in the millions: no difference of large
 * log-factorials is taken. Loader 2000, "Fast and accurate computation of binomial probabilities", equation 5.
 */
function fairTossProbability(k: number, n: number): number {
  if (k === 0 || k === n) return 2 ** -n;
  const rest = n - k;
  const error = stirlingError(n) - stirlingError(k) - stirlingError(rest);
  const exponent = error - deviance(k, n / 2) - deviance(rest, n / 2);
  return Math.sqrt(n / (2 * Math.PI * k * rest)) * Math.exp(exponent);
}

/** P(K ≤ k) for K heads in n fair tosses; k at most n / 2. */
export function fairTossLowerTail(k: number, n: number): number {
  let term = fairTossProbability(k, n);
  let sum = 0;
  for (let i = k; i >= 0 && sum + term !== sum; i--) {
    sum += term;
    term *= i / (n - i + 1);
  }
  return sum;
}
