import { expect, test } from "vitest";
import { labelsOf, type ModelConfig } from "./model-config.js";
import { weightFiles } from "./model-files.js";

const split = (format: boolean | number | Record<string, boolean | number>): ModelConfig => ({
  model_type: "llama",
  "transformers.js_config": { use_external_data_format: format },
});

test.each([
  [{ model_type: "llama" }, ["onnx/model_q4.onnx"]],
  [split(false), ["onnx/model_q4.onnx"]],
  [split(true), ["onnx/model_q4.onnx", "onnx/model_q4.onnx_data"]],
  [split(2), ["onnx/model_q4.onnx", "onnx/model_q4.onnx_data", "onnx/model_q4.onnx_data_1"]],
  [split({ "model_q4.onnx": 1, model: 3 }), ["onnx/model_q4.onnx", "onnx/model_q4.onnx_data"]],
  [split({ "model.onnx": 1 }), ["onnx/model_q4.onnx"]],
])("names the files of weights split as %j", (config, files) => {
  expect(weightFiles(config, "model", "q4")).toEqual(files);
});

test("refuses a configuration that asks for files without end", () => {
  expect(() => weightFiles(split(1e9), "model", "q4")).toThrow(/config.json/);
});

test("orders labels by their number, not by their place in the file", () => {
  expect(labelsOf({ model_type: "bert", id2label: { 10: "k", 2: "c", 0: "a" } })).toEqual(["a", "c", "k"]);
});
