import { BifocalError } from "@bifocal/contracts";
import type { Counts, Metric } from "../metric.js";
import { type BootstrapOptions, resample, scoreOfDrawn } from "./resample.js";
import type { Interval } from "./wilson.js";

/** A score with both ends of its interval. */
export interface BootstrappedScore extends Interval {
  readonly score: number;
}

/**
 * A metric's score, and its percentile interval by the bootstrap: items are drawn with replacement, as many as there
 * are, and the metric is computed anew from each draw's counts (Efron & Tibshirani 1993, section 13.3). A draw whose total has no
 * score counts as 0.
 * @param counts of the metric on each item
 * @throws {BifocalError} `invalid-input` for no items, or an option out of range.
 * @example bootstrap(bleu(), translations.map((text, i) => bleu().count([references[i]], text))) // { score, low, high }
 */
export function bootstrap(
  metric: Pick<Metric<never, never>, "score">,
  counts: readonly Counts[],
  options: BootstrapOptions = {},
): BootstrappedScore {
  if (counts.length === 0) throw new BifocalError("invalid-input", "A bootstrap takes counts of one item or more.");
  const score = scoreOfDrawn(metric, counts);
  const { value, low, high } = resample(counts.length, (drawn) => score(drawn) || 0, options);
  return { score: value, low, high };
}
