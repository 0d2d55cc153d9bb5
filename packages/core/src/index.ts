export * from "./catalog.js";
export * from "./onnx.js";
export * from "./open-model.js";
export * from "./pipeline.js";
