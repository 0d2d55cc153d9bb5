import { access, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BifocalError } from "@bifocal/contracts";
import type { Dtype } from "./dtypes.js";
import type { HubTask } from "./hub-task.js";
import type { ModelFiles } from "./model-files.js";

/** A model's files, in the Hub's layout, wherever they come from. */
export interface ModelFolder {
  /** The model as the user named it. */
  readonly name: string;
  /** Where it comes from: a page on the Hub, or a folder. */
  readonly origin: string;
  /** Whether the file is there, once it has been brought if it can be. */
  has(file: string): Promise<boolean>;
  /** Where the files are on this machine; known once one of them is. */
  path(): string;
  /** The kinds of weights to look for where none is asked for, best first. */
  dtypes(): Promise<readonly Dtype[]>;
  /** Refuses files that are not those that were locked, and weights that were found to answer otherwise than they should. */
  check(files: UsedFiles): Promise<void>;
  /** What to say of a file that is needed and is not there. */
  missing(file: string): BifocalError;
}

/** What a model is opened from, and for. */
export interface UsedFiles extends ModelFiles {
  readonly task: HubTask;
  readonly family: string;
}

/** How far a download is. */
export interface DownloadProgress {
  readonly file: string;
  readonly loadedBytes: number;
  /** Absent where the server does not say. */
  readonly totalBytes?: number;
}

/**
 * A folder on this machine.
 * @throws {BifocalError} `unknown-model` where there is no such folder.
 */
export async function openLocalFolder(name: string): Promise<ModelFolder> {
  const path = resolve(name);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new BifocalError("unknown-model", `There is no folder ${name}. Give the path of a model's folder.`);
  }
  return {
    name,
    origin: path,
    path: () => path,
    has: (file) => exists(join(path, file)),
    dtypes: async () => ["fp32", "q8"],
    check: async () => {},
    missing: (file) =>
      new BifocalError(
        "unknown-model",
        `The folder ${name} has no ${file}. A model's folder has config.json, tokenizer.json, tokenizer_config.json and onnx/, as on the Hugging Face Hub.`,
      ),
  };
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
