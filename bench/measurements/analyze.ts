import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Measurement, median } from "../measurement.js";

const program = fileURLToPath(new URL("../../apps/cli/bin/bifocal.js", import.meta.url));
const sentence = "Ada Lovelace met Charles Babbage in London on 5 June 1833.";

/** The command on one sentence, the whole process. */
export const analyze: Measurement = {
  name: "analyze",
  async measure() {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [program, "analyze", sentence], { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      return performance.now() - start;
    });
    return [
      {
        what: "bifocal analyze on one sentence, whole process, median of 5",
        value: median(times),
        unit: "ms",
        goal: "1500",
      },
    ];
  },
};
