import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { throwIfAborted } from "@bifocal/contracts";
import { type BadFile, checkFiles } from "../hub/check-files.js";
import { hubSettings } from "../hub/hub-settings.js";
import { parseModelConfig } from "../hub/model-config.js";
import { type ModelLock, writeLock } from "../hub/model-lock.js";
import { modelRoot } from "../hub/revisions.js";
import { answerCanary } from "./answer-canary.js";
import { compareAnswers } from "./canary-drift.js";
import { type CacheOptions, findPulled, pulledModels } from "./pulled-models.js";

export interface VerifyOptions extends CacheOptions {
  readonly signal?: AbortSignal;
}

/** What was found of a model. */
export interface Verification {
  /** With the drift that was measured now. */
  readonly lock: ModelLock;
  /** Files that are not what was pulled; then the weights were not tried. */
  readonly badFiles: readonly BadFile[];
}

/**
 * Reads every file of a pulled model anew and compares it with its lock; then tries the weights on this machine.
 * @param source `org/name` or `org/name@revision`; without it every pulled model.
 * @throws {BifocalError} `unknown-model`, and what loading the weights throws.
 */
export async function* verifyModels(source?: string, options: VerifyOptions = {}): AsyncGenerator<Verification> {
  const locks = source === undefined ? await pulledModels(options) : (await findPulled(source, options)).locks;
  const { cacheDir } = hubSettings(process.env, options.cacheDir);
  for (const lock of locks) yield await verifyLock(modelRoot(cacheDir, lock.id), lock, options.signal);
}

/** The same of one lock. */
export async function verifyLock(root: string, lock: ModelLock, signal?: AbortSignal): Promise<Verification> {
  throwIfAborted(signal);
  const badFiles = await checkFiles(root, lock, { readAll: true });
  const { canary } = lock;
  if (badFiles.length > 0 || canary === undefined) return { lock, badFiles };
  const folder = join(root, "snapshots", lock.commit);
  const config = parseModelConfig(await readFile(join(folder, "config.json"), "utf8"), lock.id);
  const asked = { name: lock.id, files: { folder, dtype: lock.dtype, config }, signal };
  const found = await answerCanary(asked, canary.answers.head, canary.answers);
  const tried: ModelLock = { ...lock, canary: { ...canary, ...compareAnswers(canary.answers, found) } };
  if (JSON.stringify(tried) !== JSON.stringify(lock)) await writeLock(root, tried);
  return { lock: tried, badFiles };
}
