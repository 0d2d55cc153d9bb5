import type { ModelCard } from "@bifocal/contracts";
import type { CatalogEntry } from "./catalog.js";

/**
 * A catalog's entry for a folder on this machine in the Hub's layout, with weights in 8 bits.
 * @example onnxEntry(card, "/models/my-translator")
 */
export function onnxEntry(card: ModelCard, folder: string): CatalogEntry {
  return {
    card,
    async open() {
      // Whoever opens another model never waits for the engine to load.
      const { openOnnxModel } = await import("./open-onnx-model.js");
      return openOnnxModel(card.task, folder, { dtype: "q8", card });
    },
  };
}
