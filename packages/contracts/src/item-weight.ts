/** What an item of a training may count: no sum of counts or losses overflows, and in single precision none becomes 0. */
const [leastWeight, mostWeight] = [1e-9, 1e9];

/** How the range of an item's weight is told. */
export const itemWeightRange = "a number from 1e-9 to 1e9";

/** Whether it is a number that an item of a training may count, from 1e-9 to 1e9. */
export function isItemWeight(value: unknown): value is number {
  return typeof value === "number" && value >= leastWeight && value <= mostWeight;
}
