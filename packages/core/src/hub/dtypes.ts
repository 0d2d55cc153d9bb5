import { BifocalError, didYouMean } from "@bifocal/contracts";

/** Numbers that an ONNX file holds its weights in, and what its name ends with. The Hub's own names. */
export const fileSuffixes = {
  fp32: "",
  q8: "_quantized",
  fp16: "_fp16",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
  bnb4: "_bnb4",
} as const;

/** How weights are stored, as the Hub names it. */
export type Dtype = keyof typeof fileSuffixes;

/** Whether activations are rounded by a scale taken from the whole batch. */
export function isQuantized(dtype: Dtype): boolean {
  return dtype === "q8" || dtype === "int8" || dtype === "uint8";
}

/** @throws {BifocalError} `invalid-input`, with the names that there are. */
export function parseDtype(name: string): Dtype {
  if (isDtype(name)) return name;
  throw new BifocalError(
    "invalid-input",
    `There is no dtype "${name}". ${didYouMean(name, Object.keys(fileSuffixes))}`,
  );
}

export function isDtype(name: unknown): name is Dtype {
  return typeof name === "string" && Object.hasOwn(fileSuffixes, name);
}
