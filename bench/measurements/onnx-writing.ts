import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Measurement } from "../measurement.js";
import { runChild } from "../run-child.js";

const child = new URL("./writing-child.mjs", import.meta.url);
const folder = fileURLToPath(new URL("../../../shared/models/karpathy/stories260K", import.meta.url));

/** Tokens a second of stories260K, greedily: one text at a time, and 16 at once beside the library's loop. */
export const onnxWriting: Measurement = {
  name: "writing by stories260K",
  async measure() {
    if (!existsSync(folder)) {
      console.log("Skipped: ../shared/models is not at hand.");
      return [];
    }
    return [1, 16].flatMap((count) => {
      const [theirs, ours] = ["library", "ours"].map((side) =>
        runChild(process.execPath, child, side, folder, `${count}`),
      );
      if (theirs === undefined || ours === undefined) throw new Error("The decoder could not be measured.");
      const what = count === 1 ? "one text" : `${count} texts`;
      return [
        { what: `${what}, library, one by one`, value: theirs.value, unit: "tokens/s" as const },
        {
          what: `${what}, ours`,
          value: ours.value,
          unit: "tokens/s" as const,
          ratios: [{ to: "the library", value: ours.value / theirs.value }],
        },
      ];
    });
  },
};
