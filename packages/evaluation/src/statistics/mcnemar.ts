import { BifocalError } from "@bifocal/contracts";
import { fairTossLowerTail } from "./binomial.js";

/**
 * The exact two-sided p-value of McNemar's test (1947): how likely so uneven a split of the items that only one of two
 * models got right would be, were each equally likely to be that one. p = min(1, 2·P(K ≤ min)), K heads in
 * `onlyFirst + onlySecond` fair tosses. Takes millions of items; 1 where the models never differ.
 * @throws {BifocalError} `invalid-input` unless both are whole numbers from 0.
 * @example mcnemarExact(10, 2) // 0.03857421875
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  for (const count of [onlyFirst, onlySecond]) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new BifocalError("invalid-input", `McNemar's test takes whole numbers from 0, not ${count}.`);
    }
  }
  if (onlyFirst === onlySecond) return 1;
  return Math.min(1, 2 * fairTossLowerTail(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond));
}
