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

/** A number of some drawn items; `drawn` holds their places. */
export type Statistic = (drawn: Uint32Array) => number;

/**
 * A statistic of all items, and its percentile interval over items drawn with replacement, as many as there are
 * (Efron & Tibshirani 1993, section 13.3). Ends are the sorted values number ⌊tail · samples⌋ from either end.
 * @throws {BifocalError} `invalid-input` for an option out of range.
 */
export function resample(
  items: number,
  statistic: Statistic,
  { samples = 10_000, confidence = 0.95, seed = 1 }: BootstrapOptions,
): Interval & { readonly value: number } {
  check(samples, confidence);
  const random = seededRandom(seed);
  const drawn = new Uint32Array(items);
  const values = Float64Array.from({ length: samples }, () => {
    for (let i = 0; i < items; i++) drawn[i] = Math.floor(random() * items);
    return statistic(drawn);
  }).sort();
  const tail = Math.floor(((1 - confidence) / 2) * samples);
  return {
    value: statistic(Uint32Array.from({ length: items }, (_, i) => i)),
    low: values[tail] ?? 0,
    high: values[samples - 1 - tail] ?? 0,
  };
}

/** The score of drawn items by their counts added up; NaN where their total has none. */
export function scoreOfDrawn({ score }: Pick<Metric<never, never>, "score">, counts: readonly Counts[]): Statistic {
  const names = new Set(counts.flatMap((each) => Object.keys(each)));
  const table = new Map([...names].map((name) => [name, Float64Array.from(counts, (each) => each[name] ?? 0)]));
  return (drawn) => score(totalOf(table, drawn)) ?? Number.NaN;
}

function totalOf(table: ReadonlyMap<string, Float64Array>, drawn: Uint32Array): Counts {
  const total: Record<string, number> = {};
  for (const [name, counts] of table) {
    let sum = 0;
    for (let i = 0; i < drawn.length; i++) sum += counts[drawn[i] ?? 0] ?? 0;
    total[name] = sum;
  }
  return total;
}

function check(samples: number, confidence: number): void {
  if (!Number.isInteger(samples) || samples < 1)
    throw new BifocalError("invalid-input", `samples must be a whole number from 1, not ${samples}.`);
  if (!(confidence > 0 && confidence < 1))
    throw new BifocalError("invalid-input", `confidence must be above 0 and below 1, not ${confidence}.`);
}
