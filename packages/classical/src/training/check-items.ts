import { BifocalError } from "@bifocal/contracts";
import type { TrainingItems } from "../learner.js";

type Item = TrainingItems[keyof TrainingItems];

/** @throws {BifocalError} `invalid-input` for a weight that is not above 0 and finite. */
export function checkWeights(items: readonly Item[]): void {
  for (const [i, item] of items.entries()) checkWeight(item, i);
}

/** @throws {BifocalError} `invalid-input` for a weight that is not above 0 and finite. */
export function checkWeight(item: Item, place: number): void {
  if (!("weight" in item) || item.weight === undefined) return;
  if (Number.isFinite(item.weight) && item.weight > 0) return;
  throw new BifocalError(
    "invalid-input",
    `Item ${place + 1} has the weight ${item.weight}; a weight is a finite number above 0. Leave out what is not to count.`,
  );
}
