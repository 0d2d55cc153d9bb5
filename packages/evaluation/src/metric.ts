import type { Model } from "@bifocal/contracts";

/** What a metric counts on one item. Counts of the same name add up over items; a name that is absent counts 0. */
export type Counts = Readonly<Record<string, number>>;

/**
 * A metric is counts that add up and a function of their total, so that items may be read once, in any order and in
 * any number of parts.
 * @example
 * const total = {};
 * for (const { gold, predicted } of items) addCounts(total, accuracy.count(gold, predicted));
 * accuracy.score(total); // a fraction, or undefined where there were no items
 */
export interface Metric<Gold, Predicted, M extends Model = Model> {
  readonly name: string;
  /** All that can change the number: two figures are comparable where their signatures are equal. */
  readonly signature: string;
  readonly better: "higher" | "lower";
  /** Metrics that share this function share its counts. */
  readonly count: (gold: Gold, predicted: Predicted) => Counts;
  /** Never NaN: undefined where the total does not determine a number. */
  readonly score: (total: Counts) => number | undefined;
  /** Why the metric has no meaning for a model; undefined where it has one. */
  readonly unmetBy?: (model: M) => string | undefined;
}

/** Adds an item's counts to a total, in place. */
export function addCounts(total: Record<string, number>, counts: Counts): void {
  for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
}

/** part / whole; undefined where the whole is 0. */
export function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
