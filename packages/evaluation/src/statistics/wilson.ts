import { BifocalError } from "@bifocal/contracts";
import { normalQuantile } from "./normal-quantile.js";

/** A confidence interval, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The score interval of a proportion (Wilson 1927), without continuity correction:
 * (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), with p = successes / n and z the normal quantile.
 * The lower end is had from the product of the two, p² / (1 + z²/n), so that small proportions keep their digits.
 * @throws {BifocalError} `invalid-input` unless 0 ≤ successes ≤ n, n ≥ 1 and 0 < confidence < 1.
 * @example wilsonInterval(85, 100) // { low: 0.7671644040916763, high: 0.9069401471634337 }
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Interval {
  if (!(n >= 1 && successes >= 0 && successes <= n)) {
    throw new BifocalError(
      "invalid-input",
      `A Wilson interval needs 0 ≤ successes ≤ n and n ≥ 1, not ${successes} of ${n}.`,
    );
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new BifocalError("invalid-input", `confidence must be above 0 and below 1, not ${confidence}.`);
  }
  const z = normalQuantile(0.5 + confidence / 2);
  const p = successes / n;
  const shrink = 1 + (z * z) / n;
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const high = successes === n ? 1 : (p + (z * z) / (2 * n) + spread) / shrink;
  return { low: (p * p) / shrink / high, high };
}
