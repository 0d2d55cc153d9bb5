import { BifocalError } from "@bifocal/contracts";

/** The error for a vocabulary that nothing here wrote. */
export function damagedVocabulary(): BifocalError {
  return new BifocalError("model-damaged", "A model's vocabulary does not fit itself. Get or train the model again.");
}
