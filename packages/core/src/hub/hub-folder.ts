import { checkFiles, refuseBadFiles } from "./check-files.js";
import { preferredDtypes, refuseDrift } from "./drift.js";
import type { HubId } from "./hub-id.js";
import type { HubSettings } from "./hub-settings.js";
import { lockDownloaded } from "./lock-files.js";
import { missingFile } from "./missing-file.js";
import type { ModelFolder } from "./model-folder.js";
import { readLock, readLocks } from "./model-lock.js";
import { hubPage } from "./plain-card.js";
import { commitNamed, isCommit, modelRoot } from "./revisions.js";
import { createSnapshot, type Snapshot, type SnapshotOptions } from "./snapshot.js";

export interface HubOptions extends SnapshotOptions {
  /** Asks the Hub which commit the revision names now, whatever it named before. */
  readonly refresh?: boolean;
}

/** A model on the Hub, and where it is kept here. */
export interface HubFolder extends ModelFolder {
  readonly snapshot: Snapshot;
}

/**
 * A model on the Hub, kept as the Hub's own tools keep it (`models--org--name/snapshots/commit`), so that one cache
 * serves them all. What is there is used as it is, and no network is asked; what is not is downloaded.
 */
export async function openHubFolder(hubId: HubId, settings: HubSettings, options: HubOptions): Promise<HubFolder> {
  const { id, revision } = hubId;
  const root = modelRoot(settings.cacheDir, id);
  const mayMove = options.refresh === true && !settings.offline && !isCommit(revision);
  const known = mayMove ? undefined : await commitNamed(root, revision);
  const snapshot = createSnapshot(root, known, hubId, settings, options);
  return {
    name: id,
    origin: hubPage(id),
    snapshot,
    path: () => snapshot.path(),
    has: (file) => snapshot.has(file),
    dtypes: async () => preferredDtypes(await readLocks(root, snapshot.commit())),
    async check({ files, ...of }) {
      const what = { id, revision, commit: snapshot.commit() ?? "", ...of };
      const lock = await readLock(root, what);
      if (lock === undefined) return lockDownloaded(root, what, files, snapshot.downloaded);
      refuseBadFiles(lock, await checkFiles(root, lock));
      refuseDrift(lock, await readLocks(root, lock.commit));
    },
    missing: (file) => missingFile(hubId, file, settings),
  };
}
