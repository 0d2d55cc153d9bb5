import type { TokenSpan } from "@bifocal/contracts";
import type { Counts, Metric } from "../metric.js";
import { allHits, countLabels, type Hits, labelScores } from "./label-counts.js";
import type { Tagged } from "./tagged.js";

type EntityMetric = Metric<Tagged, Tagged>;

/** Counts by type of gold and predicted entities; a hit has the same type, first token and last token. */
export function countEntities(gold: readonly TokenSpan[], predicted: readonly TokenSpan[]): Counts {
  const wanted = new Set(gold.map(keyOf));
  const labelsOf = (spans: readonly TokenSpan[]) => spans.map(({ label }) => label);
  return countLabels(
    labelsOf(gold),
    labelsOf(predicted),
    labelsOf(predicted.filter((span) => wanted.has(keyOf(span)))),
  );
}

/** The same of tagged sentences. */
export function countTagged(gold: Tagged, predicted: Tagged): Counts {
  return countEntities(gold.spans, predicted.spans);
}

function keyOf({ label, start, end }: TokenSpan): string {
  return `${start} ${end} ${label}`;
}

/** Micro-averaged over types; undefined only where there is no entity at all, neither gold nor predicted. */
function microAverage(total: Counts, score: (hits: Hits) => number): number | undefined {
  const hits = allHits(total);
  return hits.gold + hits.predicted === 0 ? undefined : score(hits);
}

/**
 * Entity-level precision: hits / predicted, over all types together. Exact match; 0 where nothing was predicted.
 * The figures are conlleval's (Tjong Kim Sang and Buchholz 2000) and seqeval's without `mode`. From 0 to 1.
 */
export const entityPrecision: EntityMetric = {
  name: "precision",
  signature: "entity-precision|match:exact|scheme:IOB2,conlleval|average:micro|v:1",
  better: "higher",
  count: countTagged,
  score: (total) => microAverage(total, (hits) => labelScores(hits).precision),
};

/** Entity-level recall: hits / gold, over all types together; otherwise as `entityPrecision`. */
export const entityRecall: EntityMetric = {
  name: "recall",
  signature: "entity-recall|match:exact|scheme:IOB2,conlleval|average:micro|v:1",
  better: "higher",
  count: countTagged,
  score: (total) => microAverage(total, (hits) => labelScores(hits).recall),
};

/** Entity-level F1: 2·hits / (gold + predicted), the harmonic mean of precision and recall; otherwise as `entityPrecision`. */
export const entityF1: EntityMetric = {
  name: "f1",
  signature: "entity-f1|match:exact|scheme:IOB2,conlleval|average:micro|v:1",
  better: "higher",
  count: countTagged,
  score: (total) => microAverage(total, (hits) => labelScores(hits).f1),
};
