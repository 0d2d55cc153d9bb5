import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BifocalError } from "@bifocal/contracts";
import type { HubId } from "./hub-id.js";
import { requestFile } from "./hub-request.js";
import type { HubSettings } from "./hub-settings.js";
import { type DownloadProgress, exists, type ModelFolder } from "./model-folder.js";
import { saveBody } from "./save-body.js";

export interface HubOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** The commit that names a snapshot's folder, however it was learnt; fetching from it never mixes two revisions. */
const commitName = /^[\w-][\w.-]*$/u;

/**
 * A model on the Hub, kept as the Hub's own tools keep it (`models--org--name/snapshots/commit`), so that one cache
 * serves them all. What is there is used as it is, and no network is asked; what is not is downloaded.
 */
export async function openHubFolder(hubId: HubId, settings: HubSettings, options: HubOptions): Promise<ModelFolder> {
  const { id, revision } = hubId;
  const root = join(settings.cacheDir, `models--${id.replaceAll("/", "--")}`);
  const reference = join(root, "refs", revision);
  let commit = await readCommit(reference, join(root, "snapshots"), revision);
  const place = (file: string): string => join(root, "snapshots", commit ?? "", file);
  const absence = (file: string): string => join(root, ".no_exist", commit ?? "", file);

  const download = async (file: string): Promise<boolean> => {
    const response = await requestFile({ id, revision: commit ?? revision }, file, settings, options.signal);
    if (response === undefined) {
      if (commit !== undefined) await write(absence(file), "");
      return false;
    }
    const known = commit !== undefined;
    commit ??= commitOf(response, revision);
    await saveBody(response, place(file), {
      endpoint: settings.endpoint,
      signal: options.signal,
      onBytes: (loadedBytes, totalBytes) =>
        options.onProgress?.({ file, loadedBytes, ...(totalBytes !== undefined && { totalBytes }) }),
    });
    if (!known) await write(reference, commit);
    return true;
  };

  return {
    name: id,
    origin: `https://huggingface.co/${id}`,
    path: () => place(""),
    async has(file) {
      if (commit !== undefined && (await exists(place(file)))) return true;
      if (settings.offline || (commit !== undefined && (await exists(absence(file))))) return false;
      return download(file);
    },
    missing: (file) => missingFile(hubId, file, settings),
  };
}

async function readCommit(reference: string, snapshots: string, revision: string): Promise<string | undefined> {
  const named = await readFile(reference, "utf8").catch(() => revision);
  const commit = named.trim();
  return commitName.test(commit) && (await exists(join(snapshots, commit))) ? commit : undefined;
}

/** A server that names no commit is taken at its revision. */
function commitOf(response: Response, revision: string): string {
  const commit = response.headers.get("x-repo-commit") ?? "";
  return commitName.test(commit) ? commit : revision.replaceAll("/", "--");
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function missingFile(
  { id, revision }: HubId,
  file: string,
  { offline, cacheDir, endpoint }: HubSettings,
): BifocalError {
  if (offline) {
    return new BifocalError(
      "no-network",
      `${file} of ${id} is not in ${cacheDir}, and HF_HUB_OFFLINE is set. Unset it to download the model, or give a local folder.`,
    );
  }
  if (file === "config.json") {
    return new BifocalError(
      "unknown-model",
      `${endpoint} has no model ${id} with a config.json at revision ${revision}. Check the id.`,
    );
  }
  return new BifocalError(
    "unknown-model",
    `${id} has no ${file}. It was not made for ONNX, or not in this dtype: look for one that was, such as those of onnx-community.`,
  );
}
