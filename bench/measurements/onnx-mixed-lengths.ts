import type { Measurement } from "../measurement.js";
import { compareThroughput } from "../onnx/compare-throughput.js";
import { madeUpTexts } from "../onnx/made-up-texts.js";

/** 2,000 texts of mixed length, in eight calls. */
export const onnxMixedLengths: Measurement = {
  name: "ONNX encoder of MiniLM's shape, texts of 5 to 200 tokens",
  measure: () => {
    const rounds = Array.from({ length: 8 }, (_, round) => madeUpTexts(250, [5, 200], round));
    return compareThroughput("5 to 200 tokens", rounds, { batches: 1.4, "one by one": 1.6 });
  },
};
