import { BifocalError } from "@bifocal/contracts";
import type { Counts, Metric } from "../metric.js";
import { type BootstrapOptions, resample, scoreOfDrawn } from "./resample.js";
import type { Interval } from "./wilson.js";

/** By how much the second of two scores is above the first, with both ends of the interval. */
export interface PairedDifference extends Interval {
  readonly difference: number;
}

/**
 * By how much a metric of a second model is above that of a first one on the same items, and the percentile interval of
 * that difference: items are drawn with replacement, as many as there are and both models' together, and the metric is
 * computed anew from each draw's counts (Efron & Tibshirani 1993, section 13.3; Koehn 2004). Ends are the sorted
 * differences number ⌊tail · samples⌋ from either end. A draw whose total has no score counts as no difference.
 * @param first counts of the metric on each item, for the first model; `second` for the second, in the same order
 * @throws {BifocalError} `invalid-input` for no items, counts of different numbers of items, or an option out of range.
 * @example pairedBootstrap(accuracy, [{ correct: 0, items: 1 }, …], [{ correct: 1, items: 1 }, …]) // { difference, low, high }
 */
export function pairedBootstrap(
  metric: Pick<Metric<never, never>, "score">,
  first: readonly Counts[],
  second: readonly Counts[],
  options: BootstrapOptions = {},
): PairedDifference {
  if (first.length === 0 || first.length !== second.length)
    throw new BifocalError(
      "invalid-input",
      `A paired bootstrap takes counts of two models on the same items, not of ${first.length} and ${second.length}.`,
    );
  const [from, to] = [scoreOfDrawn(metric, first), scoreOfDrawn(metric, second)];
  const { value, low, high } = resample(first.length, (drawn) => finite(to(drawn) - from(drawn)), options);
  return { difference: value, low, high };
}

function finite(difference: number): number {
  return Number.isFinite(difference) ? difference : 0;
}
