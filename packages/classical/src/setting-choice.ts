import { BifocalError, didYouMean } from "@bifocal/contracts";

/** The name among those that a setting may have. @throws {BifocalError} `invalid-input`, with the nearest names. */
export function choiceOf<T extends string>(name: string, value: unknown, names: readonly T[]): T {
  const found = names.find((each) => each === value);
  if (found !== undefined) return found;
  throw new BifocalError("invalid-input", `${name} cannot be "${value}". ${didYouMean(String(value), names)}`);
}
