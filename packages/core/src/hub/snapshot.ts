import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Checksum, FileDigest } from "./checksum.js";
import { downloadFile } from "./download-file.js";
import type { HubId } from "./hub-id.js";
import { requestFile } from "./hub-request.js";
import type { HubSettings } from "./hub-settings.js";
import { type DownloadProgress, exists } from "./model-folder.js";
import { lockFolder } from "./model-lock.js";
import { absencePath, commitTold, nameAbsence, nameCommit } from "./revisions.js";

export interface SnapshotOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** One commit of a model, as far as it is on this machine; what is not is brought file by file. */
export interface Snapshot {
  readonly root: string;
  readonly downloaded: ReadonlyMap<string, FileDigest>;
  /** Known once one file is there. */
  commit(): string | undefined;
  path(file?: string): string;
  /** Whether the file is there, once it has been brought if it can be. */
  has(file: string): Promise<boolean>;
  /** Brings a file anew, in place of the one that is there. */
  renew(file: string): Promise<boolean>;
  /** What the Hub says that the file is, where it says so and can be asked. */
  checksum(file: string): Promise<Checksum | undefined>;
}

/** @param known the commit that the revision names; learnt from the server where it is absent. */
export function createSnapshot(
  root: string,
  known: string | undefined,
  { id, revision }: HubId,
  settings: HubSettings,
  { signal, onProgress }: SnapshotOptions,
): Snapshot {
  let commit = known;
  const downloaded = new Map<string, FileDigest>();
  const path = (file = ""): string => join(root, "snapshots", commit ?? "", file);
  const parts = (of: string, file: string): string =>
    join(lockFolder(root), "parts", encodeURIComponent(of), encodeURIComponent(file));

  const learn = async (told: string | undefined): Promise<void> => {
    if (commit !== undefined) return;
    commit = commitTold(told, revision);
    await nameCommit(root, revision, commit);
  };
  const download = async (file: string): Promise<boolean> => {
    const of = commit ?? revision;
    const onBytes = (loadedBytes: number, totalBytes: number | undefined): void =>
      onProgress?.({ file, loadedBytes, ...(totalBytes !== undefined && { totalBytes }) });
    const place = (told: string | undefined) => join(root, "snapshots", commit ?? commitTold(told, revision), file);
    const asked = { hubId: { id, revision: of }, file, signal, onBytes, place, partsFolder: parts(of, file) };
    const found = await downloadFile(asked, settings);
    if (found === undefined) {
      if (commit !== undefined) await nameAbsence(root, commit, file);
      return false;
    }
    await learn(found.commit);
    downloaded.set(file, found);
    return true;
  };

  return {
    root,
    downloaded,
    commit: () => commit,
    path,
    async has(file) {
      if (commit !== undefined && (await exists(path(file)))) return true;
      if (settings.offline || (commit !== undefined && (await exists(absencePath(root, commit, file))))) return false;
      return download(file);
    },
    async renew(file) {
      await rm(path(file), { force: true });
      return download(file);
    },
    async checksum(file) {
      if (settings.offline) return undefined;
      const asked = { hubId: { id, revision: commit ?? revision }, file, method: "HEAD", signal } as const;
      const answer = await requestFile(asked, settings);
      if (answer.type === "again") throw answer.error;
      return answer.type === "file" ? answer.told.checksum : undefined;
    },
  };
}
