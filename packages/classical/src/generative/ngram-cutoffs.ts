import { BifocalError } from "@bifocal/contracts";

/**
 * Cutoffs as text: "0 0 1" leaves out what was seen once and has three symbols or more.
 * @throws {BifocalError} `invalid-input`
 */
export function parseCutoffs(text: string): number[] {
  const cutoffs = text.split(/[ ,]+/).map((each) => (/^\d+$/.test(each) ? Number(each) : Number.NaN));
  checkCutoffs(cutoffs);
  return cutoffs;
}

/** @throws {BifocalError} `invalid-input` where the first is not 0, one is less than that before it, or no whole number. */
export function checkCutoffs(cutoffs: readonly number[]): void {
  const rises = cutoffs.every((each, k) => Number.isSafeInteger(each) && each >= (cutoffs[k - 1] ?? 0));
  if (rises && cutoffs[0] === 0) return;
  throw new BifocalError(
    "invalid-input",
    `The cutoffs are "${cutoffs.join(" ")}". Give whole numbers, the first 0, none less than the one before: 0 0 1.`,
  );
}
