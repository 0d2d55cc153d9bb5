import { BifocalError, fingerprint, type Model } from "@bifocal/contracts";
import { addCounts, type Counts, type Metric } from "./metric.js";
import { type LabelScores, scoresByLabel } from "./metrics/label-counts.js";
import type { LabelScoring, Scope, Scoring } from "./protocol.js";

/** What a model's answers come to. */
export interface Scored<Name extends string> {
  /** Null where a metric has no number here; `skippedBecause` says why. */
  readonly scores: Readonly<Record<Name, number | null>>;
  /** Signature of each metric: all that can change the number. */
  readonly signatures: Readonly<Record<Name, string>>;
  readonly skippedBecause: Readonly<Partial<Record<Name, string>>>;
  /** Precision, recall, F1 and support of each label that is in the data or was predicted; none of models that write. */
  readonly byLabel: Readonly<Record<string, LabelScores>>;
  /** Labels of the data that the model cannot give, with how many there are: each was counted as wrong (missed). */
  readonly unknownLabels: Readonly<Record<string, number>>;
  /** How many of the items the model was trained on, by their fingerprints; null where that is not known. */
  readonly seen: number | null;
}

/** Adds up a model's answers. */
export interface Tally<Item, Gold, Predicted, Name extends string> {
  /** Looks at an item's gold answer, whether or not the model answers. */
  readonly meet: (item: Item, gold: Gold) => void;
  /** Counts an answer, and gives what each function of counting counted. */
  readonly add: (gold: Gold, predicted: Predicted) => ReadonlyMap<Metric<Gold, Predicted>["count"], Counts>;
  readonly result: () => Scored<Name>;
}

/** An empty tally; its size is that of the labels, whatever the number of items. */
export function createTally<M extends Model, Item, Gold, Predicted, Name extends string>(
  { metrics, byLabel, textOf }: Scoring<M, Item, Gold, Predicted, Name>,
  model: M,
  scope: Scope,
): Tally<Item, Gold, Predicted, Name> {
  const byName = Object.entries(metrics) as [Name, Metric<Gold, Predicted, M>][];
  const counting = new Set(byName.map(([, { count }]) => count));
  if (byLabel !== undefined) counting.add(byLabel.count);
  const totals = new Map([...counting].map((count) => [count, {} as Record<string, number>]));
  const seen = countSeen(model);
  const labels = byLabel && countKnownLabels(model, byLabel, scope);
  return {
    meet(item, gold) {
      seen.meet(() => textOf(item));
      labels?.meet(gold);
    },
    add(gold, predicted) {
      const counted = new Map([...counting].map((count) => [count, count(gold, predicted)]));
      for (const [count, total] of totals) addCounts(total, counted.get(count) ?? {});
      return counted;
    },
    result: () => ({
      ...scoreAll(byName, model, scope, ({ count }) => totals.get(count) ?? {}),
      byLabel: byLabel === undefined ? {} : scoresByLabel(totals.get(byLabel.count) ?? {}),
      unknownLabels: labels?.unknown() ?? {},
      seen: seen.count(),
    }),
  };
}

function countSeen({ trainingTexts }: Model) {
  let seen = 0;
  return {
    meet(text: () => string): void {
      if (trainingTexts?.has(fingerprint(text()))) seen++;
    },
    count: () => (trainingTexts === undefined ? null : seen),
  };
}

function countKnownLabels<M extends Model, Gold, Predicted>(
  model: M,
  { labelsOf, goldLabels }: LabelScoring<M, Gold, Predicted>,
  scope: Scope,
) {
  const known = new Set(labelsOf(model).filter((label) => scope.labels?.includes(label) ?? true));
  const unknown = new Map<string, number>();
  let anyKnown = false;
  return {
    meet(gold: Gold): void {
      for (const label of goldLabels(gold)) {
        if (known.has(label)) anyKnown = true;
        else unknown.set(label, (unknown.get(label) ?? 0) + 1);
      }
    },
    unknown(): Record<string, number> {
      if (anyKnown || unknown.size === 0) return Object.fromEntries(unknown);
      throw noLabelKnown(model.card.id, [...unknown.keys()], [...known]);
    },
  };
}

function noLabelKnown(id: string, data: readonly string[], known: readonly string[]): BifocalError {
  const some = (labels: readonly string[]) =>
    labels.length > 20 ? `${labels.slice(0, 20).join(", ")}, …` : labels.join(", ");
  const message = `${id} knows none of the labels in the test data (${some(data)}); it knows: ${some(known) || "none"}.`;
  return new BifocalError("invalid-input", `${message} Rename the labels, or take a model trained for this task.`);
}

function scoreAll<M extends Model, Gold, Predicted, Name extends string>(
  metrics: readonly (readonly [Name, Metric<Gold, Predicted, M>])[],
  model: M,
  scope: Scope,
  totalOf: (metric: Metric<Gold, Predicted, M>) => Counts,
): Pick<Scored<Name>, "scores" | "signatures" | "skippedBecause"> {
  const rows = metrics.map(([name, metric]) => ({ name, ...scoreOne(metric, model, totalOf(metric)), metric }));
  const among = scope.labels === undefined ? "" : `|among:${[...scope.labels].sort().join(",")}`;
  const pick = <T>(read: (row: (typeof rows)[number]) => T) => rows.map((row) => [row.name, read(row)] as const);
  return {
    scores: Object.fromEntries(pick(({ score }) => score)) as Record<Name, number | null>,
    signatures: Object.fromEntries(pick(({ metric }) => metric.signature + among)) as Record<Name, string>,
    skippedBecause: Object.fromEntries(pick(({ reason }) => reason).filter(([, reason]) => reason)) as Partial<
      Record<Name, string>
    >,
  };
}

function scoreOne<M extends Model, Gold, Predicted>(
  metric: Metric<Gold, Predicted, M>,
  model: M,
  total: Counts,
): { score: number | null; reason?: string } {
  const unmet = metric.unmetBy?.(model);
  if (unmet !== undefined) return { score: null, reason: unmet };
  const score = metric.score(total);
  if (score === undefined) return { score: null, reason: "There was nothing to count." };
  if (!Number.isFinite(score)) return { score: null, reason: "The model gave a score that is not a number." };
  return { score };
}
