import { BifocalError, type Classifier } from "@bifocal/contracts";
import { createEntailmentClassifier, type EntailmentOptions, knowsEntailment } from "./discriminative/entailment.js";
import { labelTexts } from "./discriminative/label-texts.js";
import { type ZeroShotOptions, zeroShotByEmbedding } from "./discriminative/zero-shot.js";
import { remotePairScoring } from "./engines/remote-engines.js";
import { labelsOf } from "./hub/model-config.js";
import { plainCard } from "./hub/plain-card.js";
import { ensureFiles, type FoundModel, findModel, type OnnxOptions, start } from "./onnx-files.js";
import { openFoundEmbedder } from "./open-onnx-model.js";

/** How a zero-shot classifier is opened: `multiLabel` is for models of entailment, `temperature` for embedders. */
export type OpenZeroShotOptions = OnnxOptions & EntailmentOptions & Pick<ZeroShotOptions, "temperature">;

/** Opens an ONNX model as a classifier of the caller's labels; see `openZeroShot`. */
export async function openOnnxZeroShot(source: string, options: OpenZeroShotOptions): Promise<Classifier> {
  labelTexts(options, options.multiLabel ? 1 : 2);
  const found = await findModel(source, options);
  const [architecture = ""] = found.config.architectures ?? [];
  const decides = architecture.endsWith("ForSequenceClassification") || knowsEntailment(labelsOf(found.config));
  return decides ? openEntailment(found, options) : openByEmbedding(found, options);
}

async function openEntailment(found: FoundModel, { temperature, ...options }: OpenZeroShotOptions) {
  if (temperature !== undefined) throw refused("temperature", "an embedder", "of entailment");
  const { source, folder, config, load, bytes } = await ensureFiles(found, "text-classification");
  const card = plainCard(source, { task: "text-classification", family: config.model_type, source: folder.origin });
  const engine = remotePairScoring(await start("score", load, card, options.signal), labelsOf(config));
  try {
    return { ...createEntailmentClassifier(engine, card, options), bytes };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function openByEmbedding(found: FoundModel, { multiLabel, ...options }: OpenZeroShotOptions) {
  if (multiLabel) throw refused("multiLabel", "a model of entailment", "that embeds");
  const embedder = await openFoundEmbedder(found, options);
  const { bytes = 0 } = embedder;
  const classifier = zeroShotByEmbedding(embedder, options);
  return { ...classifier, bytes, [Symbol.asyncDispose]: () => embedder[Symbol.asyncDispose]() };
}

function refused(name: string, needs: string, has: string): BifocalError {
  return new BifocalError("invalid-input", `${name} is for ${needs}, and this model is one ${has}. Leave it out.`);
}
