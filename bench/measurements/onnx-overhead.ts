import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Measurement, Reading } from "../measurement.js";
import { threadsOfOurs } from "../onnx/compare-throughput.js";
import { withEncoder } from "../onnx/encoder-files.js";
import { madeUpTexts } from "../onnx/made-up-texts.js";
import { runChild } from "../run-child.js";

const program = new URL("../onnx/overhead-side.mjs", import.meta.url);
const rounds = 11;

/** What scheduling, padding, threads and results cost: a call of the engine beside the bare runtime on the same tensors. */
export const onnxOverhead: Measurement = {
  name: "ONNX encoder of MiniLM's shape, overhead over bare onnxruntime-node",
  measure: () => withEncoder(async (folder) => [overheadOf(folder, madeUpTexts(300, [5, 200]))]),
};

function overheadOf(folder: string, texts: readonly string[]): Reading {
  const file = join(folder, "texts.json");
  writeFileSync(file, JSON.stringify(texts));
  const measured = runChild(process.execPath, program, folder, file, `${rounds}`, `${threadsOfOurs}`);
  if (measured === undefined) throw new Error("The overhead could not be measured.");
  const what = `a call of ${texts.length} texts beside session.run of the same tensors, median of ${rounds}`;
  return { what, value: measured.value, unit: "%", goal: "3" };
}
