import { BifocalError, seededRandom } from "@bifocal/contracts";
import type { Counts, Metric } from "../metric.js";
import type { Interval } from "./wilson.js";

/** How often items are drawn anew, and by which seed. */
export interface BootstrapOptions {
  /** How many times the items are drawn anew. Default 10,000. */
  readonly samples?: number;
  /** Above 0, below 1. Default 0.95. */
  readonly confidence?: number;
  /** A whole number from 0 to 2^32 - 1. Default 1. */
  readonly seed?: number;
}

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
  { score }: Pick<Metric<never, never>, "score">,
  first: readonly Counts[],
  second: readonly Counts[],
  { samples = 10_000, confidence = 0.95, seed = 1 }: BootstrapOptions = {},
): PairedDifference {
  check(first, second, samples, confidence);
  const items = first.length;
  const tables = [first, second].map(tableOf);
  const above = (drawn: Uint32Array): number => {
    const [from = 0, to = 0] = tables.map((table) => score(totalOf(table, drawn)) ?? Number.NaN);
    return Number.isFinite(to - from) ? to - from : 0;
  };
  const random = seededRandom(seed);
  const drawn = new Uint32Array(items);
  const differences = Float64Array.from({ length: samples }, () => {
    for (let i = 0; i < items; i++) drawn[i] = Math.floor(random() * items);
    return above(drawn);
  }).sort();
  const tail = Math.floor(((1 - confidence) / 2) * samples);
  return {
    difference: above(Uint32Array.from({ length: items }, (_, i) => i)),
    low: differences[tail] ?? 0,
    high: differences[samples - 1 - tail] ?? 0,
  };
}

/** Counts by name, a number an item. */
type CountTable = ReadonlyMap<string, Float64Array>;

function tableOf(counts: readonly Counts[]): CountTable {
  const names = new Set(counts.flatMap((each) => Object.keys(each)));
  return new Map([...names].map((name) => [name, Float64Array.from(counts, (each) => each[name] ?? 0)]));
}

function totalOf(table: CountTable, drawn: Uint32Array): Counts {
  const total: Record<string, number> = {};
  for (const [name, counts] of table) {
    let sum = 0;
    for (let i = 0; i < drawn.length; i++) sum += counts[drawn[i] ?? 0] ?? 0;
    total[name] = sum;
  }
  return total;
}

function check(first: readonly Counts[], second: readonly Counts[], samples: number, confidence: number): void {
  if (first.length === 0 || first.length !== second.length)
    throw new BifocalError(
      "invalid-input",
      `A paired bootstrap takes counts of two models on the same items, not of ${first.length} and ${second.length}.`,
    );
  if (!Number.isInteger(samples) || samples < 1)
    throw new BifocalError("invalid-input", `samples must be a whole number from 1, not ${samples}.`);
  if (!(confidence > 0 && confidence < 1))
    throw new BifocalError("invalid-input", `confidence must be above 0 and below 1, not ${confidence}.`);
}
