import { throwIfAborted } from "@bifocal/contracts";
import type { ComparedDifference } from "./comparison.js";
import type { Counts, Metric } from "./metric.js";
import { bootstrap } from "./statistics/bootstrap.js";
import { pairedBootstrap } from "./statistics/paired-bootstrap.js";
import type { BootstrapOptions } from "./statistics/resample.js";
import type { Interval } from "./statistics/wilson.js";

/** A metric, and what it counted on each item of a model's; null where the model failed, or has no such figure. */
export interface CountedMetric<Name extends string> {
  readonly metric: Name;
  readonly counts: readonly (Counts | null)[];
}

/** A model's counts by metric. */
export interface CountedModel<Name extends string> {
  readonly name: string;
  readonly counted: readonly CountedMetric<Name>[];
}

type Scores<Name extends string> = Readonly<Record<Name, Pick<Metric<never, never>, "score" | "better">>>;

type Options = BootstrapOptions & { readonly signal?: AbortSignal };

/** The interval of each metric, by the items that the model answered. */
export async function bootstrapIntervals<Name extends string>(
  metrics: Scores<Name>,
  { counted }: CountedModel<Name>,
  options: Options,
): Promise<Partial<Record<Name, Interval>>> {
  const intervals: Partial<Record<Name, Interval>> = {};
  for (const { metric, counts } of counted) {
    await breathe(options);
    const answered = counts.filter((each) => each !== null);
    if (answered.length === 0) continue;
    const { low, high } = bootstrap(metrics[metric], answered, options);
    intervals[metric] = { low, high };
  }
  return intervals;
}

/** How far each two models are apart, by the items that both answered, pair after pair. */
export async function bootstrapDifferences<Name extends string>(
  metrics: Scores<Name>,
  models: readonly CountedModel<Name>[],
  options: Options,
): Promise<ComparedDifference<Name>[]> {
  const differences: ComparedDifference<Name>[] = [];
  for (const [i, first] of models.entries()) {
    for (const second of models.slice(i + 1)) {
      for (const { metric, counts } of first.counted) {
        await breathe(options);
        const others = second.counted.find((each) => each.metric === metric)?.counts ?? [];
        const both = counts.flatMap((own, item) => {
          const other = others[item];
          return own === null || !other ? [] : [[own, other] as const];
        });
        if (both.length === 0) continue;
        const [from, to] = [both.map(([own]) => own), both.map(([, other]) => other)];
        const { better } = metrics[metric];
        const found = pairedBootstrap(metrics[metric], from, to, options);
        differences.push({ models: [first.name, second.name], metric, better, items: both.length, ...found });
      }
    }
  }
  return differences;
}

/** Lets an interruption be heard between two draws, which take seconds on many items. */
async function breathe({ signal }: Options): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  throwIfAborted(signal);
}
