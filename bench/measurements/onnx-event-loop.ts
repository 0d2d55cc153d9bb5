import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Measurement, median } from "../measurement.js";
import { withEncoder } from "../onnx/encoder-files.js";
import { madeUpTexts } from "../onnx/made-up-texts.js";
import { runChild } from "../run-child.js";

const program = new URL("../onnx/event-loop-side.mjs", import.meta.url);
const runs = 3;

/** How late the caller's event loop is while a batch of long texts runs: the timer's own resolution, 1 ms, included. */
export const onnxEventLoop: Measurement = {
  name: "ONNX encoder of MiniLM's shape, a call of 64 texts of 200 to 400 tokens",
  measure: () =>
    withEncoder(async (folder) => {
      const file = join(folder, "texts.json");
      writeFileSync(file, JSON.stringify(madeUpTexts(64, [200, 400])));
      const late = Array.from({ length: runs }, () => {
        const measured = runChild(process.execPath, program, folder, file);
        if (measured === undefined) throw new Error("The event loop could not be watched.");
        return measured.value;
      });
      const what = `the caller's event loop late by, 99th percentile, median of ${runs}`;
      return [{ what, value: median(late), unit: "ms", goal: "20, better 10" }];
    }),
};
