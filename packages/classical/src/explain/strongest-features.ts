import { checkOption, type FeatureWeight, type StrongestFeatures } from "@bifocal/contracts";
import { columnsOf, termsOf } from "../features/text-params.js";
import type { LinearScores } from "./linear-scores.js";
import { scoreDirection } from "./score-direction.js";

/** @throws {BifocalError} `invalid-input` for what is no number of features. */
export function checkCount(count: number): void {
  checkOption("count", { type: "integer", min: 1, max: 1_000_000, about: "" }, count);
}

/** The features of a label with the largest weights above 0 and below, each with its column's own weight; hashed ones by their column. */
export function strongestFeatures(scores: LinearScores, label: number, count: number): StrongestFeatures {
  const { weightOf } = scoreDirection(scores, label);
  const terms = termsOf(scores.reading);
  const { columnWeights } = scores.reading;
  const weights = Float64Array.from({ length: columnsOf(scores.reading) }, (_, column) =>
    columnWeights.length > 0 ? weightOf(column) * columnWeights[column] : weightOf(column),
  );
  const named = (columns: readonly number[]): FeatureWeight[] =>
    columns.map((column) => ({ feature: terms[column] ?? `hash ${column}`, weight: weights[column] }));
  return {
    label: scores.labels[label],
    for: named(largest(weights, count)),
    against: named(
      largest(
        weights.map((weight) => -weight),
        count,
      ),
    ),
  };
}

/** Where the largest numbers above 0 stand, the largest first; of equal ones the first. */
export function largest(weights: Float64Array, count: number): number[] {
  const found: number[] = [];
  for (let column = 0; column < weights.length; column++) {
    const weight = weights[column];
    if (!(weight > 0) || (found.length >= count && weight <= weights[found[count - 1] ?? -1])) continue;
    let at = found.length;
    while (at > 0 && weights[found[at - 1]] < weight) at--;
    found.splice(at, 0, column);
    if (found.length > count) found.pop();
  }
  return found;
}
