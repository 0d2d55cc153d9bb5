import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  BifocalError,
  type Embedder,
  type ModelCard,
  type ModelOfTask,
  type Task,
  throwIfAborted,
} from "@bifocal/contracts";
import { createClassifier } from "./discriminative/classify.js";
import { createEmbedder } from "./discriminative/embed.js";
import { createTagger } from "./discriminative/recognize-entities.js";
import { type ModelThread, startModelThread } from "./engines/model-thread.js";
import type { Head, LoadRequest } from "./engines/protocol.js";
import { remoteEmbedding, remoteGenerating, remoteScoring, remoteTokenScoring } from "./engines/remote-engines.js";
import { densityOf } from "./generative/density.js";
import { createGenerator } from "./generative/generate.js";
import { createSummarizer } from "./generative/summarize.js";
import { createTranslator } from "./generative/translate.js";
import { checkArchitecture } from "./hub/architectures.js";
import { parseDevice } from "./hub/devices.js";
import { parseDtype } from "./hub/dtypes.js";
import { openHubFolder } from "./hub/hub-folder.js";
import { isPath, parseHubId } from "./hub/hub-id.js";
import { hubSettings } from "./hub/hub-settings.js";
import type { HubTask } from "./hub/hub-task.js";
import { labelsOf, parseModelConfig } from "./hub/model-config.js";
import { ensure, ensureModelFiles, poolingFile } from "./hub/model-files.js";
import { type DownloadProgress, type ModelFolder, openLocalFolder } from "./hub/model-folder.js";
import { plainCard } from "./hub/plain-card.js";

/** How an ONNX model is found and loaded. */
export interface OnnxOptions {
  /** Which weights to load: fp32, fp16, q8, int8, uint8, q4, q4f16 or bnb4. Default: on the Hub what was pulled, else q8, else fp32; of a local folder fp32, else q8. */
  readonly dtype?: string;
  /** What the network runs on, by the Hub's names: cpu (the default), cuda, dml, coreml, webgpu and the like. */
  readonly device?: string;
  /** Where downloads are kept. Default: HF_HUB_CACHE, HF_HOME, or `bifocal` in the user's cache directory. */
  readonly cacheDir?: string;
  /** Ends the opening early with the error `aborted`. */
  readonly signal?: AbortSignal;
  /** Called while files are downloaded, from 0 bytes on; not for files that are there already. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Opens an ONNX model for a task, in a worker thread of its own.
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
  const { folder, config, load, bytes } = await openFiles(task, source, options);
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
 * Opens an ONNX model that embeds texts (feature extraction), in a worker thread of its own.
 * @throws {BifocalError} as `openOnnxModel`.
 * @example
 * await using embedder = await openOnnxEmbedder("./my-embedder");
 * const [query, ...list] = await embedder.embed(["reset my password", "forgot my login", "order a card"]);
 */
export async function openOnnxEmbedder(source: string, options: EmbedderOptions = {}): Promise<Embedder> {
  const { folder, config, load, bytes } = await openFiles("feature-extraction", source, options);
  if (config.hidden_size === undefined)
    throw new BifocalError(
      "wrong-task",
      `${source} does not say how long its vectors are (hidden_size): it is no embedder.`,
    );
  const pooling = options.pooling ?? (await poolingOf(folder));
  const card = plainCard(source, { task: "feature-extraction", family: config.model_type, source: folder.origin });
  const thread = await start("embed", { ...load, pooling }, card, options.signal);
  return { ...createEmbedder(remoteEmbedding(thread, config.hidden_size), card, options), bytes };
}

/** Finds a model's files, brings what is missing, and checks them. */
async function openFiles(task: HubTask, source: string, options: OnnxOptions) {
  throwIfAborted(options.signal);
  const asked = options.dtype === undefined ? undefined : [parseDtype(options.dtype)];
  const device = options.device === undefined ? undefined : parseDevice(options.device);
  const folder = await openFolder(source, options);
  await ensure(folder, "config.json");
  const config = parseModelConfig(await readFile(join(folder.path(), "config.json"), "utf8"), source);
  checkArchitecture(task, config, source);
  const files = await ensureModelFiles(folder, { task, config, dtypes: asked ?? (await folder.dtypes()) });
  await folder.check({ ...files, task, family: config.model_type });
  const load: Files = { folder: folder.path(), dtype: files.dtype, config, ...(device && { device }) };
  return { folder, config, load, bytes: await sizeOf(folder, files.files) };
}

async function sizeOf(folder: ModelFolder, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder.path(), file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What sentence-transformers wrote beside the model, where it did. */
async function poolingOf(folder: ModelFolder): Promise<"mean" | "cls"> {
  if (!(await folder.has(poolingFile))) return "mean";
  const said = JSON.parse(await readFile(join(folder.path(), poolingFile), "utf8")) as {
    pooling_mode_cls_token?: boolean;
  };
  return said.pooling_mode_cls_token ? "cls" : "mean";
}

function openFolder(source: string, { cacheDir, signal, onProgress }: OnnxOptions): Promise<ModelFolder> {
  if (isPath(source)) return openLocalFolder(source);
  return openHubFolder(parseHubId(source), hubSettings(process.env, cacheDir), { signal, onProgress });
}

type Files = Omit<LoadRequest, "head">;

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
    return { ...createGenerator(engine, card), ...densityOf(engine) };
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

function start<H extends Head>(
  head: H,
  files: Files,
  { id }: { readonly id: string },
  signal: AbortSignal | undefined,
): Promise<ModelThread<H>> {
  return startModelThread<H>(id, { ...files, head }, { ...(signal && { signal }) });
}
