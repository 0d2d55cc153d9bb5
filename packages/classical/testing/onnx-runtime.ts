import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export interface Tensor {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number | string>;
}

export interface Session {
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
}

interface Runtime {
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  readonly Tensor: new (
    type: "string" | "int64",
    data: readonly string[] | BigInt64Array,
    dims: readonly number[],
  ) => Tensor;
}

const library = fileURLToPath(new URL("../../core/node_modules/@xenova/transformers/package.json", import.meta.url));

/** The file from which "onnxruntime-node" is found. */
export const nearOnnxRuntime = realpathSync(library);

/** The runtime that packages/core has; this package needs none. */
export const onnxRuntime: Runtime = createRequire(nearOnnxRuntime)("onnxruntime-node");
