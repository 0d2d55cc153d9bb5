import { rm } from "node:fs/promises";
import { join } from "node:path";
import { lockFolder, lockPath } from "../hub/model-lock.js";
import { bytesOf, type CacheOptions, findPulled } from "./pulled-models.js";

/**
 * Removes a pulled model from the cache: `org/name` with all its revisions, `org/name@revision` that one alone.
 * @returns the bytes of its locked files.
 * @throws {BifocalError} `unknown-model`.
 */
export async function removeModel(source: string, options: CacheOptions = {}): Promise<number> {
  const { hubId, root, commit, locks } = await findPulled(source, options);
  const bytes = locks.reduce((sum, lock) => sum + bytesOf(lock), 0);
  if (!source.includes("@")) {
    await rm(root, { recursive: true, force: true });
    return bytes;
  }
  for (const lock of locks) await rm(lockPath(root, lock), { force: true });
  for (const { dtype } of locks) await rm(join(lockFolder(root), `${commit}.${dtype}.read.json`), { force: true });
  await rm(join(root, "refs", hubId.revision), { force: true });
  await rm(join(root, "snapshots", commit), { recursive: true, force: true });
  return bytes;
}
