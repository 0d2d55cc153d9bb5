import { BifocalError } from "@bifocal/contracts";

/** Why nothing can be said given such evidence. */
export function impossible(): BifocalError {
  return new BifocalError(
    "invalid-input",
    "The evidence has probability 0 in this network, so nothing follows from it. Change it, or train with smoothing.",
  );
}
