import { BifocalError, didYouMean } from "@bifocal/contracts";

/** @throws {BifocalError} `invalid-input` for what are no options, `unknown-option` with the nearest names. */
export function checkOptionNames<O extends object>(
  of: string,
  options: O,
  known: Readonly<Record<keyof O, true>>,
): void {
  if (typeof options !== "object" || options === null)
    throw new BifocalError("invalid-input", `The options of ${of} must be an object.`);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    throw new BifocalError("unknown-option", `${of} has no option "${name}". ${didYouMean(name, Object.keys(known))}`);
  }
}
