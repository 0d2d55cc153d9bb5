import { checkOption } from "@bifocal/contracts";

const rule = { type: "integer", min: 0, max: 20, about: "how many parents a variable has at most" } as const;

/** @throws {BifocalError} `invalid-input` unless it is a whole number from 0 to 20. */
export function checkMaximumParents(maximumParents: number): void {
  checkOption("maximumParents", rule, maximumParents);
}
