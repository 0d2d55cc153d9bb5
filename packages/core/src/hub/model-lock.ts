import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { BifocalError } from "@bifocal/contracts";
import { type Canary, isCanary } from "./canary.js";
import type { FileDigest } from "./checksum.js";
import { type Dtype, isDtype } from "./dtypes.js";
import { type HubTask, isHubTask } from "./hub-task.js";
import { writeJson } from "./write-text.js";

/** What a pulled model is, to the byte: one lock a commit and dtype, beside the files that it is about. */
export interface ModelLock {
  readonly version: 1;
  /** `org/name`. */
  readonly id: string;
  /** The branch, tag or commit that was asked for. */
  readonly revision: string;
  readonly commit: string;
  readonly task: HubTask;
  readonly dtype: Dtype;
  /** `model_type` of its config.json. */
  readonly family: string;
  /** By their paths in the model's folder. */
  readonly files: Readonly<Record<string, FileDigest>>;
  /** Absent where the model was downloaded by opening it, and not pulled. */
  readonly canary?: Canary;
}

/** The folder of a model's locks, of what is known of its files, and of parts of downloads. */
export function lockFolder(root: string): string {
  return join(root, "bifocal");
}

export function lockPath(root: string, { commit, dtype }: Pick<ModelLock, "commit" | "dtype">): string {
  return join(lockFolder(root), `${commit}.${dtype}.lock.json`);
}

export function writeLock(root: string, lock: ModelLock): Promise<void> {
  return writeJson(lockPath(root, lock), lock);
}

/** The lock of a commit and dtype; none where there is none. @throws {BifocalError} `model-damaged`, `model-too-new`. */
export async function readLock(
  root: string,
  what: Pick<ModelLock, "commit" | "dtype">,
): Promise<ModelLock | undefined> {
  const path = lockPath(root, what);
  const json = await readFile(path, "utf8").catch(() => undefined);
  return json === undefined ? undefined : parseLock(json, path);
}

/** Every lock of a model, of one commit or of all. @throws {BifocalError} `model-damaged`, `model-too-new`. */
export async function readLocks(root: string, commit?: string): Promise<ModelLock[]> {
  const names = await readdir(lockFolder(root)).catch(() => []);
  const paths = names
    .filter((name) => name.endsWith(".lock.json") && (commit === undefined || name.startsWith(`${commit}.`)))
    .sort()
    .map((name) => join(lockFolder(root), name));
  return Promise.all(paths.map(async (path) => parseLock(await readFile(path, "utf8"), path)));
}

/** @throws {BifocalError} `model-damaged`, `model-too-new`. */
export function parseLock(json: string, path: string): ModelLock {
  const lock = parsed(json);
  if (isObject(lock) && typeof lock.version === "number" && lock.version > 1) {
    throw new BifocalError("model-too-new", `${path} was written by a later version of Bifocal. Update it.`);
  }
  if (isLock(lock)) return lock;
  throw new BifocalError("model-damaged", `${path} is not a lock of a model. Delete it and pull the model again.`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isLock(value: unknown): value is ModelLock {
  if (!isObject(value)) return false;
  const { id, revision, commit, task, dtype, family, files, canary } = value;
  return (
    [id, revision, commit, family].every((each) => typeof each === "string" && each !== "") &&
    /^[\w.-]+\/[\w.-]+$/u.test(String(id)) &&
    [id, revision, commit].every((each) => isInside(String(each))) &&
    isHubTask(task) &&
    isDtype(dtype) &&
    (canary === undefined || isCanary(canary)) &&
    isObject(files) &&
    Object.entries(files).every(([path, digest]) => isInside(path) && isDigest(digest))
  );
}

/** Whether a path stays in the folder that it is joined to, on every system. */
function isInside(path: string): boolean {
  return path.split("/").every((part) => /^[\w.-]+$/u.test(part) && !/^\.+$/u.test(part));
}

function isDigest(value: unknown): value is FileDigest {
  return isObject(value) && Number.isSafeInteger(value.bytes) && /^[0-9a-f]{64}$/u.test(String(value.sha256));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
