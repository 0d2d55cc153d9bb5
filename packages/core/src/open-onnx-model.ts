import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  BifocalError,
  type Chats,
  type Embedder,
  type ModelCard,
  type ModelOfTask,
  type Task,
} from "@bifocal/contracts";
import { createClassifier } from "./discriminative/classify.js";
import { createEmbedder } from "./discriminative/embed.js";
import { createTagger } from "./discriminative/recognize-entities.js";
import { remoteEmbedding, remoteGenerating, remoteScoring, remoteTokenScoring } from "./engines/remote-engines.js";
import { densityOf } from "./generative/density.js";
import { createGenerator } from "./generative/generate.js";
import { createSummarizer } from "./generative/summarize.js";
import { createTranslator } from "./generative/translate.js";
import { labelsOf } from "./hub/model-config.js";
import { poolingFile } from "./hub/model-files.js";
import type { ModelFolder } from "./hub/model-folder.js";
import { plainCard } from "./hub/plain-card.js";
import { ensureFiles, type Files, type FoundModel, findModel, type OnnxOptions, start } from "./onnx-files.js";

/**
 * Opens an ONNX model for a task, in a worker process of its own.
 * @param source an id on the Hugging Face Hub (`org/name`, `org/name@revision`), or the path of a folder in the Hub's
 * layout (starts with `.` or `/`).
 * @param options `card` says what the model is, where more is known than its files tell
 * @throws {BifocalError} `unknown-model`, `wrong-task`, `model-damaged`, `no-network`, `not-permitted`, `unwritable`,
 * `unsupported` or `aborted`.
 * @example
 * await using classifier = await openOnnxModel("text-classification", "./my-model");
 * const [result] = await classifier.classify(["A lovely film."]);
 */
export async function openOnnxModel<T extends Task>(
  task: T,
  source: string,
  options: OnnxOptions & { readonly card?: ModelCard } = {},
): Promise<ModelOfTask[T]> {
  const { folder, config, load, bytes } = await ensureFiles(await findModel(source, options), task);
  const card = options.card ?? plainCard(source, { task, family: config.model_type, source: folder.origin });
  return { ...(await openers[task](load, card, options.signal)), bytes };
}

/** How an embedder is opened. */
export interface EmbedderOptions extends OnnxOptions {
  /** How the states of a text's tokens become one: their mean, or the first one's. Default: what the model's files say, else the mean. */
  readonly pooling?: "mean" | "cls";
  /** Make every vector of length 1. Default true. */
  readonly normalize?: boolean;
}

/**
 * Opens an ONNX model that embeds texts (feature extraction), in a worker process of its own.
 * @throws {BifocalError} as `openOnnxModel`.
 * @example
 * await using embedder = await openOnnxEmbedder("./my-embedder");
 * const [query, ...list] = await embedder.embed(["reset my password", "forgot my login", "order a card"]);
 */
export async function openOnnxEmbedder(source: string, options: EmbedderOptions = {}): Promise<Embedder> {
  return openFoundEmbedder(await findModel(source, options), options);
}

/** An embedder whose folder is known. */
export async function openFoundEmbedder(found: FoundModel, options: EmbedderOptions): Promise<Embedder> {
  const { source, folder, config, load, bytes } = await ensureFiles(found, "feature-extraction");
  if (config.hidden_size === undefined)
    throw new BifocalError(
      "wrong-task",
      `${source} does not say how long its vectors are (hidden_size): it is no embedder.`,
    );
  const pooling = options.pooling ?? (await poolingOf(folder));
  const card = plainCard(source, { task: "feature-extraction", family: config.model_type, source: folder.origin });
  const worker = await start("embed", { ...load, pooling }, card, options.signal);
  return { ...createEmbedder(remoteEmbedding(worker, config.hidden_size), card, options), bytes };
}

/** What sentence-transformers wrote beside the model, where it did. */
async function poolingOf(folder: ModelFolder): Promise<"mean" | "cls"> {
  if (!(await folder.has(poolingFile))) return "mean";
  const said = JSON.parse(await readFile(join(folder.path(), poolingFile), "utf8")) as {
    pooling_mode_cls_token?: boolean;
  };
  return said.pooling_mode_cls_token ? "cls" : "mean";
}

const openers: {
  readonly [T in Task]: (files: Files, card: ModelCard, signal?: AbortSignal) => Promise<ModelOfTask[T]>;
} = {
  "text-classification": openClassifier,
  "sentiment-analysis": openClassifier,
  ner: async (files, card, signal) =>
    createTagger(remoteTokenScoring(await start("scoreWords", files, card, signal), labelsOf(files.config)), card),
  summarization: async (files, card, signal) =>
    createSummarizer(remoteGenerating(await start("write", files, card, signal)), card, files.config),
  translation: async (files, card, signal) =>
    createTranslator(remoteGenerating(await start("write", files, card, signal)), card, files.config),
  "text-generation": async (files, card, signal) => {
    const engine = remoteGenerating(await start("write", files, card, signal));
    const chats: Chats = { chatPrompt: (messages, options) => engine.chat(messages, options) };
    return { ...createGenerator(engine, card), ...densityOf(engine), ...chats };
  },
};

async function openClassifier(files: Files, card: ModelCard, signal?: AbortSignal) {
  const labels = labelsOf(files.config);
  if (labels.length < 2 || files.config.problem_type === "multi_label_classification") {
    throw new BifocalError(
      "unsupported",
      `${card.id} does not choose one label of several: it gives a number, or a yes or no for each label. Choose a model with one answer.`,
    );
  }
  return createClassifier(remoteScoring(await start("score", files, card, signal), labels), card);
}
