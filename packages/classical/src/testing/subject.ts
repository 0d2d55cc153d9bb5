import assert from "node:assert/strict";
import { BifocalError } from "@bifocal/contracts";
import type { Learner, TrainingItems } from "../learner.js";
import { textOfItem } from "../learners.js";
import type { SavedModel } from "../model-file.js";
import type { TrainingOptions } from "../training/train-options.js";

/** Items of any kind that a learner reads. */
export type Items = readonly TrainingItems[keyof TrainingItems][];

/** One learner under check. */
export interface Subject {
  readonly learner: Learner;
  readonly items: Items;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tolerance: number;
  readonly train: (items: Items | AsyncIterable<Items[number]>, options?: TrainingOptions) => Promise<SavedModel>;
}

export async function assertRejects(promise: Promise<unknown>, code: BifocalError["code"]): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof BifocalError && error.code === code, `it fails with ${error}, not with ${code}`);
    assert.ok(error.message.length > 0);
    return true;
  });
}

/** Texts of the items, and some that it was not trained on. */
export function probesOf(items: Items): string[] {
  const seen = items.slice(0, 12).map(textOfItem);
  return [...seen, ...seen.map((text, i) => `${text} ${seen[(i + 1) % seen.length]}`), "nothing that it knows", ""];
}
