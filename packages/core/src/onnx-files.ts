import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { throwIfAborted } from "@bifocal/contracts";
import { inferenceThreads } from "./engines/inference-threads.js";
import { type ModelWorker, startModelWorker } from "./engines/model-worker.js";
import type { Head, LoadRequest } from "./engines/protocol.js";
import { checkArchitecture } from "./hub/architectures.js";
import { type Device, parseDevice } from "./hub/devices.js";
import { type Dtype, parseDtype } from "./hub/dtypes.js";
import { openHubFolder } from "./hub/hub-folder.js";
import { isPath, parseHubId } from "./hub/hub-id.js";
import { hubSettings } from "./hub/hub-settings.js";
import type { HubTask } from "./hub/hub-task.js";
import { type ModelConfig, parseModelConfig } from "./hub/model-config.js";
import { ensure, ensureModelFiles } from "./hub/model-files.js";
import { type DownloadProgress, type ModelFolder, openLocalFolder } from "./hub/model-folder.js";

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

/** A model's folder, and what its config.json says. */
export interface FoundModel {
  readonly source: string;
  readonly folder: ModelFolder;
  readonly config: ModelConfig;
  /** What the caller asked for, where it did. */
  readonly dtype?: Dtype;
  readonly device?: Device;
}

/** A model whose files are all there and are what they were. */
export interface ModelToLoad extends FoundModel {
  readonly load: Files;
  readonly bytes: number;
}

/** What a process is told of a model's files. */
export type Files = Omit<LoadRequest, "head">;

/** Finds a model and what it is. */
export async function findModel(source: string, options: OnnxOptions): Promise<FoundModel> {
  throwIfAborted(options.signal);
  const dtype = options.dtype === undefined ? undefined : parseDtype(options.dtype);
  const device = options.device === undefined ? undefined : parseDevice(options.device);
  const folder = await openFolder(source, options);
  await ensure(folder, "config.json");
  const config = parseModelConfig(await readFile(join(folder.path(), "config.json"), "utf8"), source);
  return { source, folder, config, ...(dtype && { dtype }), ...(device && { device }) };
}

/** Brings what of a model's files is missing, and checks them. */
export async function ensureFiles(found: FoundModel, task: HubTask): Promise<ModelToLoad> {
  const { folder, config, device, dtype } = found;
  checkArchitecture(task, config, found.source);
  const files = await ensureModelFiles(folder, { task, config, dtypes: dtype ? [dtype] : await folder.dtypes() });
  await folder.check({ ...files, task, family: config.model_type });
  const weights = files.files.filter((file) => file.startsWith("onnx/"));
  const threads = inferenceThreads(await sizeOf(folder, weights));
  const how = { ...(device && { device }), ...(threads !== undefined && { threads }) };
  const load: Files = { folder: folder.path(), dtype: files.dtype, config, ...how };
  return { ...found, load, bytes: await sizeOf(folder, files.files) };
}

async function sizeOf(folder: ModelFolder, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder.path(), file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function openFolder(source: string, { cacheDir, signal, onProgress }: OnnxOptions): Promise<ModelFolder> {
  if (isPath(source)) return openLocalFolder(source);
  return openHubFolder(parseHubId(source), hubSettings(process.env, cacheDir), { signal, onProgress });
}

/** Starts the process of a model, with one of its heads. */
export function start<H extends Head>(
  head: H,
  files: Files,
  { id }: { readonly id: string },
  signal: AbortSignal | undefined,
): Promise<ModelWorker<H>> {
  return startModelWorker<H>(id, { ...files, head }, { ...(signal && { signal }) });
}
