import type { Classifier } from "@bifocal/contracts";
import type { OpenZeroShotOptions } from "./open-onnx-zero-shot.js";

/**
 * Opens an ONNX model as a classifier of labels that it was not trained on: a model of entailment (NLI: one of whose own
 * labels begins with "entail") by what a text entails, any other by what lies near it, as an embedder.
 * @param source a Hub id (`org/name`, `org/name@revision`), or the path of a folder in the Hub's layout
 * @throws {BifocalError} `invalid-input` for bad labels, `unknown-model`, `wrong-task`, `model-damaged`, `no-network`,
 * `unsupported` or `aborted`.
 * @example
 * await using classifier = await openZeroShot("./my-nli-model", { labels: ["sports", "politics"] });
 * const [{ label, score }] = await classifier.classify(["The match ended in a draw."]);
 */
export async function openZeroShot(source: string, options: OpenZeroShotOptions): Promise<Classifier> {
  // Whoever opens no ONNX model never waits for the engine to load.
  const { openOnnxZeroShot } = await import("./open-onnx-zero-shot.js");
  return openOnnxZeroShot(source, options);
}
