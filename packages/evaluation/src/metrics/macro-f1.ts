import { type Counts, type Metric, ratio } from "../metric.js";
import type { Decision } from "./decision.js";
import { countLabels, hitsByLabel, labelScores } from "./label-counts.js";

/** Counts by label of gold, predicted and rightly predicted items. */
export function countDecision(gold: string, { label }: Pick<Decision, "label">): Counts {
  return countLabels([gold], [label], gold === label ? [gold] : []);
}

/**
 * The mean over labels of F1 = 2·hits / (gold + predicted), every label weighing the same. The labels are those that
 * occur in the gold data or were predicted, as in scikit-learn's `f1_score(average="macro")`. From 0 to 1.
 */
export const macroF1: Metric<string, Pick<Decision, "label">> = {
  name: "macroF1",
  signature: "macroF1|labels:gold+predicted|v:1",
  better: "higher",
  count: countDecision,
  score: (total) => {
    const each = [...hitsByLabel(total).values()].map((hits) => labelScores(hits).f1);
    return ratio(
      each.reduce((sum, f1) => sum + f1, 0),
      each.length,
    );
  },
};
