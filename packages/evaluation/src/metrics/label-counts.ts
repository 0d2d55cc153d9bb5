import type { Counts } from "../metric.js";

/** How one label fared. Precision, recall and F1 are 0 where their denominator is, as in scikit-learn and seqeval. */
export interface LabelScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How many the gold data has. */
  readonly support: number;
}

/** What precision and recall are made of: true positives are `hits`, false ones `predicted - hits`, misses `gold - hits`. */
export interface Hits {
  readonly hits: number;
  readonly gold: number;
  readonly predicted: number;
}

const goldPrefix = "gold:";
const predictedPrefix = "predicted:";
const hitPrefix = "hit:";

/** Counts by label of what the gold data has, of what was predicted, and of what is in both. */
export function countLabels(gold: readonly string[], predicted: readonly string[], hits: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  const add = (prefix: string, labels: readonly string[]) => {
    for (const label of labels) counts[prefix + label] = (counts[prefix + label] ?? 0) + 1;
  };
  add(goldPrefix, gold);
  add(predictedPrefix, predicted);
  add(hitPrefix, hits);
  return counts;
}

/** The labels that occur in the gold data or were predicted, in alphabetical order, with their counts. */
export function hitsByLabel(total: Counts): Map<string, Hits> {
  const labels = new Set<string>();
  for (const name of Object.keys(total)) {
    for (const prefix of [goldPrefix, predictedPrefix])
      if (name.startsWith(prefix)) labels.add(name.slice(prefix.length));
  }
  return new Map([...labels].sort().map((label) => [label, hitsOf(total, label)]));
}

/** Hits over all labels together: what micro averages are made of. */
export function allHits(total: Counts): Hits {
  let sum: Hits = { hits: 0, gold: 0, predicted: 0 };
  for (const { hits, gold, predicted } of hitsByLabel(total).values()) {
    sum = { hits: sum.hits + hits, gold: sum.gold + gold, predicted: sum.predicted + predicted };
  }
  return sum;
}

/** Precision = hits / predicted, recall = hits / gold, F1 = 2 · hits / (gold + predicted). */
export function labelScores({ hits, gold, predicted }: Hits): LabelScores {
  return {
    precision: predicted === 0 ? 0 : hits / predicted,
    recall: gold === 0 ? 0 : hits / gold,
    f1: gold + predicted === 0 ? 0 : (2 * hits) / (gold + predicted),
    support: gold,
  };
}

/** Precision, recall and F1 of each label that occurs in the gold data or was predicted. */
export function scoresByLabel(total: Counts): Record<string, LabelScores> {
  return Object.fromEntries([...hitsByLabel(total)].map(([label, hits]) => [label, labelScores(hits)]));
}

function hitsOf(total: Counts, label: string): Hits {
  return {
    hits: total[hitPrefix + label] ?? 0,
    gold: total[goldPrefix + label] ?? 0,
    predicted: total[predictedPrefix + label] ?? 0,
  };
}
