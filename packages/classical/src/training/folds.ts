import { BifocalError, seededRandom, shuffled } from "@bifocal/contracts";
import type { TrainingItems } from "../learner.js";

type Items = readonly TrainingItems[keyof TrainingItems][];

/**
 * In which of so many folds (0 to `folds` - 1) each item is tested, drawn at random. Labelled texts are stratified: of
 * each label a fold has as many as another, or one more. The sizes of the folds differ by one at most.
 * @throws {BifocalError} `invalid-input` unless there are from 2 folds to as many as items.
 */
export function drawFolds(items: Items, folds: number, seed: number): number[] {
  if (!Number.isInteger(folds) || folds < 2 || folds > items.length) {
    throw new BifocalError(
      "invalid-input",
      `There cannot be ${folds} folds: of ${items.length} items there can be from 2 to ${items.length}.`,
    );
  }
  const random = seededRandom(seed);
  const foldOf = new Array<number>(items.length).fill(0);
  const dealt = [...strata(items)].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, each]) => shuffled(each, random));
  for (const [turn, item] of dealt.entries()) foldOf[item] = turn % folds;
  return foldOf;
}

/** The items' numbers by label; all together where items have none. */
function strata(items: Items): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const [i, item] of items.entries()) {
    const label = "label" in item ? item.label : "";
    const same = numbers.get(label);
    if (same === undefined) numbers.set(label, [i]);
    else same.push(i);
  }
  return numbers;
}

/**
 * Folds that came with the data: for each item the name of the one that it is tested in. Their order is that of their
 * names, numbers by size.
 * @throws {BifocalError} `invalid-input` where there is not a name an item, or but one fold.
 */
export function numberFolds(names: readonly string[], items: Items): { names: string[]; foldOf: number[] } {
  const distinct = [...new Set(names)].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  if (names.length !== items.length)
    throw new BifocalError("invalid-input", `${items.length} items have ${names.length} folds; name one for each.`);
  if (distinct.length < 2)
    throw new BifocalError("invalid-input", "All items are in one fold; cross-validation needs two or more.");
  const number = new Map(distinct.map((name, i) => [name, i]));
  return { names: distinct, foldOf: names.map((name) => number.get(name) as number) };
}
