import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Measurement, Reading } from "../measurement.js";
import { withEncoder } from "../onnx/encoder-files.js";

const program = fileURLToPath(new URL("../onnx/memory-side.mjs", import.meta.url));
const times = 10;

/** What of a model's memory comes back when it is closed. */
export const onnxMemory: Measurement = {
  name: `ONNX encoder of MiniLM's shape, opened and closed ${times} times`,
  measure: () => withEncoder(async (folder) => memoryOf(folder)),
};

function memoryOf(folder: string): Reading[] {
  const { status, stdout } = spawnSync(process.execPath, ["--expose-gc", program, folder, `${times}`], {
    encoding: "utf8",
    timeout: 60_000,
  });
  if (status !== 0) throw new Error("The memory could not be measured.");
  const megabytes = JSON.parse(stdout) as number[];
  const [first = Number.NaN, last = Number.NaN] = [megabytes[0], megabytes.at(-1)];
  return [
    { what: "memory of the process after the first time", value: first, unit: "MB" },
    {
      what: "memory of the process after the last",
      value: last,
      unit: "MB",
      ratios: [{ to: "after the first", value: last / first, goal: 1.1 }],
    },
  ];
}
