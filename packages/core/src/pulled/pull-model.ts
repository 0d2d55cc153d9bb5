import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import { checkArchitecture, taskOf } from "../hub/architectures.js";
import type { Canary, CanaryAnswers } from "../hub/canary.js";
import { digestFile } from "../hub/checksum.js";
import { refuseDrift } from "../hub/drift.js";
import { type Dtype, parseDtype } from "../hub/dtypes.js";
import { type HubFolder, openHubFolder } from "../hub/hub-folder.js";
import { parseHubId } from "../hub/hub-id.js";
import { hubSettings } from "../hub/hub-settings.js";
import type { HubTask } from "../hub/hub-task.js";
import { digestsOf } from "../hub/lock-files.js";
import { type ModelConfig, parseModelConfig } from "../hub/model-config.js";
import { ensure, ensureModelFiles, type ModelFiles } from "../hub/model-files.js";
import type { DownloadProgress } from "../hub/model-folder.js";
import { type ModelLock, readLocks, writeLock } from "../hub/model-lock.js";
import { answerCanary, headOf } from "./answer-canary.js";
import { compareAnswers } from "./canary-drift.js";
import type { CacheOptions } from "./pulled-models.js";

export interface PullOptions extends CacheOptions {
  /** What the model is for. Default: the first task that its configuration says it can do. */
  readonly task?: HubTask;
  /** Which weights. Default: q8, else fp32. */
  readonly dtype?: string;
  /** Whether fp32 weights are brought to compare others with, and removed again. Default: true. */
  readonly compare?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Brings a model from the Hub, or brings it up to date: every file that its task and dtype need, as the Hub has it at
 * the commit that the revision names now. Locks them by their SHA-256, and tries the weights beside those of fp32.
 * @param source `org/name` or `org/name@revision`
 * @throws {BifocalError} `model-damaged` where the weights drift or a file does not arrive as it should, and what
 * opening a model throws.
 * @example
 * const { commit, canary } = await pullModel("org/name", { dtype: "q8" });
 */
export async function pullModel(source: string, options: PullOptions = {}): Promise<ModelLock> {
  throwIfAborted(options.signal);
  const hubId = parseHubId(source);
  const asked = options.dtype === undefined ? undefined : [parseDtype(options.dtype)];
  const settings = hubSettings(process.env, options.cacheDir);
  const folder = await openHubFolder(hubId, settings, { ...options, refresh: true });
  const config = await bringConfig(folder, source);
  const task = options.task ?? taskOf(config, source);
  checkArchitecture(task, config, source);
  const { dtype, files } = await ensureModelFiles(folder, { task, config, dtypes: asked ?? (await folder.dtypes()) });
  for (const file of files) await mend(folder, file);
  const { root, downloaded } = folder.snapshot;
  const what = { ...hubId, commit: folder.snapshot.commit() ?? "", task, dtype, family: config.model_type };
  const digests = await digestsOf(root, what.commit, files, downloaded);
  const canary = await tryWeights({ folder, config, task, options }, { dtype, files });
  const lock: ModelLock = { version: 1, ...what, files: digests, canary };
  await writeLock(root, lock);
  refuseDrift(lock, await readLocks(root, lock.commit));
  return lock;
}

async function bringConfig(folder: HubFolder, source: string): Promise<ModelConfig> {
  await ensure(folder, "config.json");
  await mend(folder, "config.json");
  return parseModelConfig(await readFile(join(folder.path(), "config.json"), "utf8"), source);
}

/** Brings a file again that is not what the Hub, or without its word a lock, says. */
async function mend({ snapshot }: HubFolder, file: string): Promise<void> {
  if (snapshot.downloaded.has(file)) return;
  const expected = (await snapshot.checksum(file)) ?? (await lockedChecksum(snapshot, file));
  if (expected === undefined) return;
  if (!(await digestFile(snapshot.path(file), expected)).agrees) await snapshot.renew(file);
}

async function lockedChecksum({ root, commit }: HubFolder["snapshot"], file: string) {
  const locks = await readLocks(root, commit());
  const hex = locks.map(({ files }) => files[file]?.sha256).find((each) => each !== undefined);
  return hex === undefined ? undefined : ({ algorithm: "sha256", hex } as const);
}

/** A model that is being pulled. */
interface Pulling {
  readonly folder: HubFolder;
  readonly config: ModelConfig;
  readonly task: HubTask;
  readonly options: PullOptions;
}

async function tryWeights(pulling: Pulling, { dtype, files }: ModelFiles): Promise<Canary> {
  const known = await knownAnswers(pulling);
  if (known !== undefined)
    return { ...known, ...compareAnswers(known.answers, await ask(pulling, dtype, known.answers)) };
  const exact = dtype === "fp32" || pulling.options.compare === false ? undefined : await exactFiles(pulling);
  if (exact === undefined) {
    const answers = await ask(pulling, dtype);
    return { reference: dtype, answers, ...compareAnswers(answers, answers) };
  }
  const answers = await ask(pulling, "fp32");
  await removeBrought(
    pulling,
    exact.filter((file) => !files.includes(file)),
  );
  return { reference: "fp32", answers, ...compareAnswers(answers, await ask(pulling, dtype, answers)) };
}

/** What fp32 weights of the same commit have answered before. */
async function knownAnswers({ folder, task }: Pulling): Promise<Pick<Canary, "reference" | "answers"> | undefined> {
  const locks = await readLocks(folder.snapshot.root, folder.snapshot.commit());
  const canary = locks
    .map((lock) => lock.canary)
    .find((each) => each?.reference === "fp32" && each.answers.head === headOf[task]);
  return canary && { reference: canary.reference, answers: canary.answers };
}

/** The files of the fp32 weights, once they are there; nothing where the model has none. */
async function exactFiles({ folder, config, task }: Pulling): Promise<readonly string[] | undefined> {
  try {
    return (await ensureModelFiles(folder, { task, config, dtypes: ["fp32"] })).files;
  } catch (error) {
    if (error instanceof BifocalError && error.code === "unknown-model") return undefined;
    throw error;
  }
}

/** Removes what this pull brought only to compare with. */
async function removeBrought({ folder: { snapshot } }: Pulling, files: readonly string[]): Promise<void> {
  for (const file of files) if (snapshot.downloaded.has(file)) await rm(snapshot.path(file), { force: true });
}

function ask({ folder, config, task, options }: Pulling, dtype: Dtype, before?: CanaryAnswers): Promise<CanaryAnswers> {
  const files = { folder: folder.path(), dtype, config };
  return answerCanary({ name: folder.name, files, signal: options.signal }, headOf[task], before);
}
