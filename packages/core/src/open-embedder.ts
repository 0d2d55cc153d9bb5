import type { Embedder } from "@bifocal/contracts";
import type { EmbedderOptions } from "./open-onnx-model.js";

/**
 * Opens an ONNX model that embeds texts (feature extraction): a Hub id (`org/name`, `org/name@revision`), or the path of
 * a folder in the Hub's layout. `nearest` finds what lies near, `zeroShotByEmbedding` makes a classifier of it.
 * @throws {BifocalError} `unknown-model`, `wrong-task`, `model-damaged`, `no-network`, `unsupported` or `aborted`.
 * @example
 * await using embedder = await openEmbedder("./my-embedder");
 * const [query, ...list] = await embedder.embed(["reset my password", "forgot my login", "order a card"]);
 */
export async function openEmbedder(source: string, options: EmbedderOptions = {}): Promise<Embedder> {
  // Whoever opens no ONNX model never waits for the engine to load.
  const { openOnnxEmbedder } = await import("./open-onnx-model.js");
  return openOnnxEmbedder(source, options);
}
