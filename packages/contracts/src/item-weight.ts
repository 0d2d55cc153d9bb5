/** What an item of a training may count: so far apart that no sum of counts or losses overflows, or loses those that count less. */
const [leastWeight, mostWeight] = [1e-9, 1e9];

/** How the range of an item's weight is told. */
export const itemWeightRange = "a number from 1e-9 to 1e9";

/** Whether an item may count so much. */
export function isItemWeight(value: unknown): value is number {
  return typeof value === "number" && value >= leastWeight && value <= mostWeight;
}
