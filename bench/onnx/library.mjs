/** What ONNX models are measured beside: the library beneath the engine, and the runtime beneath that. */
import { createRequire } from "node:module";

const core = createRequire(new URL("../../packages/core/package.json", import.meta.url));
const entry = core.resolve("@xenova/transformers");

/** `@huggingface/transformers`, which looks for models in folders of this machine alone. */
export async function openLibrary() {
  const library = await import(entry);
  library.env.localModelPath = "";
  library.env.allowRemoteModels = false;
  return library;
}

/** `onnxruntime-node`, the same that the library has. */
export const onnxRuntime = createRequire(entry)("onnxruntime-node");
