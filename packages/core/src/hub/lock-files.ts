import { join } from "node:path";
import { digestFile, type FileDigest } from "./checksum.js";
import { type ModelLock, writeLock } from "./model-lock.js";

/** The digests of files of one commit; those that are known are not read again. */
export async function digestsOf(
  root: string,
  commit: string,
  files: readonly string[],
  known: ReadonlyMap<string, FileDigest> = new Map(),
): Promise<Record<string, FileDigest>> {
  const digests: Record<string, FileDigest> = {};
  for (const file of files) {
    const { bytes, sha256 } = known.get(file) ?? (await digestFile(join(root, "snapshots", commit, file)));
    digests[file] = { bytes, sha256 };
  }
  return digests;
}

/** Locks a model that was downloaded just now, by opening it. One that other tools brought is left as it is. */
export async function lockDownloaded(
  root: string,
  what: Omit<ModelLock, "version" | "files" | "canary">,
  files: readonly string[],
  downloaded: ReadonlyMap<string, FileDigest>,
): Promise<void> {
  if (!files.some((file) => downloaded.has(file))) return;
  await writeLock(root, { version: 1, ...what, files: await digestsOf(root, what.commit, files, downloaded) });
}
