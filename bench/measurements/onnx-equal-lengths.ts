import type { Measurement } from "../measurement.js";
import { compareThroughput } from "../onnx/compare-throughput.js";
import { madeUpTexts } from "../onnx/made-up-texts.js";

/** Where there is nothing to pad, and nothing to gain by sorting. */
export const onnxEqualLengths: Measurement = {
  name: "ONNX encoder of MiniLM's shape, texts of 40 tokens",
  measure: () => {
    const rounds = Array.from({ length: 10 }, (_, round) => madeUpTexts(200, [40, 40], round));
    return compareThroughput("40 tokens", rounds, { batches: 1 });
  },
};
