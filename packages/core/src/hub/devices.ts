import { BifocalError, didYouMean } from "@bifocal/contracts";

/** What a network may run on, by the Hub's own names. Which of them a machine has, ONNX Runtime says. */
export const devices = [
  "cpu",
  "cuda",
  "dml",
  "coreml",
  "webgpu",
  "gpu",
  "auto",
  "wasm",
  "webnn",
  "webnn-npu",
  "webnn-gpu",
  "webnn-cpu",
] as const;

export type Device = (typeof devices)[number];

/** @throws {BifocalError} `invalid-input`, with the names that there are. */
export function parseDevice(name: string): Device {
  const device = devices.find((each) => each === name);
  if (device !== undefined) return device;
  throw new BifocalError("invalid-input", `There is no device "${name}". ${didYouMean(name, [...devices])}`);
}
