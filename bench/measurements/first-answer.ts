import { spawnSync } from "node:child_process";
import { type Measurement, median } from "../measurement.js";

const script = `
const start = performance.now();
const { pipeline } = await import("bifocal");
const classify = await pipeline("sentiment-analysis");
await classify("A warm, funny, wonderful film.");
console.log(performance.now() - start);`;

/** From import to the first answer, in a fresh process. */
export const firstAnswer: Measurement = {
  name: "first answer",
  async measure() {
    const times = Array.from({ length: 10 }, () => {
      const { stdout, status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
      return Number(stdout);
    });
    const what = 'pipeline("sentiment-analysis"), from import to first answer, median of 10';
    return [{ what, value: median(times), unit: "ms", goal: "300" }];
  },
};
