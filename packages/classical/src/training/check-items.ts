import { BifocalError, isItemWeight, itemWeightRange } from "@bifocal/contracts";
import type { TrainingItems } from "../learner.js";

type Item = TrainingItems[keyof TrainingItems];
type Reads = keyof TrainingItems;

/** What an item of each kind must be, and in words. */
const shapes: { readonly [K in Reads]: { readonly isRight: (item: Fields) => boolean; readonly shape: string } } = {
  "labelled-texts": {
    isRight: ({ text, label }) => isText(text) && isText(label),
    shape: "{ text, label }, two texts",
  },
  "tagged-sentences": {
    isRight: ({ tokens, tags }) => areTexts(tokens) && areTexts(tags),
    shape: "{ tokens, tags }, two lists of texts",
  },
  texts: { isRight: ({ text }) => isText(text), shape: "{ text }, a text" },
  "summarized-texts": {
    isRight: ({ text, summaries }) => isText(text) && areTexts(summaries),
    shape: "{ text, summaries }, a text and a list of texts",
  },
};

type Fields = { readonly [K in "text" | "label" | "tokens" | "tags" | "summaries"]?: unknown };

/** @throws {BifocalError} `invalid-input` where one of the items cannot be what the learner reads. */
export function checkItems(items: readonly Item[], reads: Reads): void {
  if (!Array.isArray(items))
    throw new BifocalError("invalid-input", `The items must be a list of ${shapes[reads].shape}.`);
  for (let i = 0; i < items.length; i++) checkItem(items[i], i, reads);
}

/** @throws {BifocalError} `invalid-input` for an item of another shape, or a weight beyond its range. */
export function checkItem(item: Item, place: number, reads: Reads): void {
  const { isRight, shape } = shapes[reads];
  if (typeof item !== "object" || item === null || !isRight(item))
    throw new BifocalError("invalid-input", `Item ${place + 1} must be ${shape}.`);
  if (!("weight" in item) || item.weight === undefined) return;
  if (isItemWeight(item.weight)) return;
  throw new BifocalError(
    "invalid-input",
    `Item ${place + 1} has the weight ${item.weight}; a weight is ${itemWeightRange}. Leave out what is not to count.`,
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
