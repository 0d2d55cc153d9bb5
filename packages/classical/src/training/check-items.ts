import { BifocalError } from "@bifocal/contracts";
import type { TrainingItems } from "../learner.js";

/** @throws {BifocalError} `invalid-input` for a weight that is not above 0 and finite. */
export function checkWeights(items: readonly TrainingItems[keyof TrainingItems][]): void {
  for (const [i, item] of items.entries()) {
    if (!("weight" in item) || item.weight === undefined) continue;
    if (Number.isFinite(item.weight) && item.weight > 0) continue;
    throw new BifocalError(
      "invalid-input",
      `Item ${i + 1} has the weight ${item.weight}; a weight is a finite number above 0. Leave out what is not to count.`,
    );
  }
}
