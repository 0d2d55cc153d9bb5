import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { HubId } from "../hub/hub-id.js";
import { parseHubId } from "../hub/hub-id.js";
import { hubSettings } from "../hub/hub-settings.js";
import { type ModelLock, readLocks } from "../hub/model-lock.js";
import { commitNamed, modelRoot } from "../hub/revisions.js";

export interface CacheOptions {
  /** Where downloads are kept. Default: HF_HUB_CACHE, HF_HOME, or `bifocal` in the user's cache directory. */
  readonly cacheDir?: string;
}

/** Every model that was pulled or downloaded, a lock for each of its commits and dtypes, ordered by id. */
export async function pulledModels({ cacheDir }: CacheOptions = {}): Promise<ModelLock[]> {
  const folder = hubSettings(process.env, cacheDir).cacheDir;
  const names = await readdir(folder).catch(() => []);
  const roots = names.filter((name) => name.startsWith("models--")).sort();
  return (await Promise.all(roots.map((name) => readLocks(join(folder, name))))).flat();
}

/** A model that is in the cache: where, at which commit, and its locks. */
export interface Pulled {
  readonly hubId: HubId;
  readonly root: string;
  readonly commit: string;
  readonly locks: readonly ModelLock[];
}

/**
 * The locks of a model by its id, `org/name` or `org/name@revision`.
 * @throws {BifocalError} `unknown-model` where it was not pulled.
 */
export async function findPulled(source: string, options: CacheOptions = {}): Promise<Pulled> {
  const hubId = parseHubId(source);
  const root = modelRoot(hubSettings(process.env, options.cacheDir).cacheDir, hubId.id);
  const commit = await commitNamed(root, hubId.revision);
  const locks = commit === undefined ? [] : await readLocks(root, commit);
  if (commit !== undefined && locks.length > 0) return { hubId, root, commit, locks };
  const known = [...new Set((await pulledModels(options)).map(({ id }) => id))];
  const hint = known.length > 0 ? didYouMean(source, known) : "None is here yet.";
  throw new BifocalError("unknown-model", `${source} was not pulled. ${hint} Pull it: bifocal models pull ${source}`);
}

/** Bytes that the files of a lock take. */
export function bytesOf({ files }: ModelLock): number {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
}
