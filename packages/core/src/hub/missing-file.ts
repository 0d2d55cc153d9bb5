import { BifocalError } from "@bifocal/contracts";
import type { HubId } from "./hub-id.js";
import type { HubSettings } from "./hub-settings.js";

/** What to say of a file that a model needs, and that neither the cache nor the Hub has. */
export function missingFile(
  { id, revision }: HubId,
  file: string,
  { offline, cacheDir, endpoint }: HubSettings,
): BifocalError {
  if (offline) {
    return new BifocalError(
      "no-network",
      `${file} of ${id} is not in ${cacheDir}, and HF_HUB_OFFLINE is set. Unset it to download the model, or give a local folder.`,
    );
  }
  if (file === "config.json") {
    return new BifocalError(
      "unknown-model",
      `${endpoint} has no model ${id} with a config.json at revision ${revision}. Check the id.`,
    );
  }
  return new BifocalError(
    "unknown-model",
    `${id} has no ${file}. It was not made for ONNX, or not in this dtype: look for one that was, such as those of onnx-community.`,
  );
}
