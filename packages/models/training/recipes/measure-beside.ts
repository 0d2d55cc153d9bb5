import { bootstrap, type Counts, type Metric, pairedBootstrap } from "@bifocal/evaluation";
import type { Measurement } from "../recipe.js";

type AnyMetric = Pick<Metric<never, never>, "score" | "signature">;

/** What a model's answers came to, item by item. */
export interface Answered {
  readonly model: string;
  readonly counts: readonly Counts[];
}

/** A model's figure with its interval, and the figure of another on the same items. */
export function figureBeside(
  metric: AnyMetric,
  [own, other]: readonly [Answered, Answered],
  about: Pick<Measurement, "metric" | "on" | "trainedOn">,
): Measurement {
  const { score, low, high } = bootstrap(metric, own.counts);
  const baseline = { model: other.model, value: bootstrap(metric, other.counts).score };
  const { signature } = metric;
  return { ...about, signature, value: score, interval: [low, high], baseline, items: own.counts.length };
}

/** The best of several by a metric. */
export function bestOf(metric: AnyMetric, answered: readonly [Answered, ...Answered[]]): Answered {
  const scores = answered.map(({ counts }) => bootstrap(metric, counts).score);
  return answered[scores.indexOf(Math.max(...scores))] ?? answered[0];
}

/** Two models by their names, and what a pipeline opens where the first or the second is the better. */
interface Duel {
  readonly answered: readonly [Answered, Answered];
  readonly defaults: readonly [string, string];
}

/** Which of two is better on the same items, in words and numbers, and what is the default for it. */
export function verdict(metric: AnyMetric, name: string, { answered: [own, other], defaults }: Duel): string {
  const { difference, low, high } = pairedBootstrap(metric, other.counts, own.counts);
  const [mine, theirs] = [own, other].map(({ counts }) => points(bootstrap(metric, counts).score));
  const than = difference > 0 ? "above" : "below";
  const interval = `95 % interval of the difference ${points(low)} to ${points(high)}, paired bootstrap`;
  const chosen = difference > 0 ? defaults[0] : defaults[1];
  return `Its ${name} in percent is ${mine}, ${points(Math.abs(difference))} points ${than} the ${theirs} of ${other.model} on the same items (${interval}), so the default is ${chosen}.`;
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}
