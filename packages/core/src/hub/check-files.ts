import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { BifocalError } from "@bifocal/contracts";
import { digestFile, type FileDigest } from "./checksum.js";
import { lockFolder, type ModelLock } from "./model-lock.js";
import { writeJson } from "./write-text.js";

/** A file that is not what its lock says. */
export interface BadFile {
  readonly file: string;
  readonly problem: string;
}

/** The state of a file whose content was read: another size, change or place means another state. */
type FileState = readonly [bytes: number, changedMs: number, inode: number];
type States = Readonly<Record<string, FileState | undefined>>;

/**
 * Compares a model's files with its lock: sizes each time, contents unless this state of the file has been read before.
 * @param readAll reads every content anew.
 * @returns the files that are not what the lock says.
 */
export async function checkFiles(root: string, lock: ModelLock, { readAll = false } = {}): Promise<BadFile[]> {
  const path = join(lockFolder(root), `${lock.commit}.${lock.dtype}.read.json`);
  const known: States = readAll ? {} : await readStates(path);
  const now: Record<string, FileState> = {};
  const bad: BadFile[] = [];
  for (const [file, digest] of Object.entries(lock.files)) {
    const found = join(root, "snapshots", lock.commit, file);
    const problem = await problemOf(found, digest, known[file]);
    if (problem === undefined) now[file] = (await stateOf(found)) as FileState;
    else bad.push({ file, problem });
  }
  // A cache that cannot be written is read again each time.
  if (JSON.stringify(now) !== JSON.stringify(known)) await writeJson(path, now).catch(() => {});
  return bad;
}

/** @throws {BifocalError} `model-damaged`, saying which files are not what was locked, and how to mend them. */
export function refuseBadFiles({ id, revision, dtype }: ModelLock, bad: readonly BadFile[]): void {
  const [first] = bad;
  if (first === undefined) return;
  const others = bad.length > 1 ? ` (and ${bad.length - 1} more)` : "";
  const name = revision === "main" ? id : `${id}@${revision}`;
  throw new BifocalError(
    "model-damaged",
    `${first.file}${others} of ${id} is not the file that was pulled: ${first.problem}. Mend it: bifocal models pull ${name} --dtype ${dtype}`,
  );
}

async function problemOf(
  path: string,
  { bytes, sha256 }: FileDigest,
  known: FileState | undefined,
): Promise<string | undefined> {
  const state = await stateOf(path);
  if (state === undefined) return "it is missing";
  if (state[0] !== bytes) return `it has ${state[0]} bytes and should have ${bytes}`;
  if (known?.every((each, i) => each === state[i])) return undefined;
  const found = await digestFile(path);
  return found.sha256 === sha256 ? undefined : `its sha256 is ${found.sha256} and should be ${sha256}`;
}

/** The time of the last change to content or place, which, unlike that of the content alone, nobody can set back. */
async function stateOf(path: string): Promise<FileState | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && [found.size, found.ctimeMs, found.ino];
}

async function readStates(path: string): Promise<States> {
  const json = await readFile(path, "utf8").catch(() => "{}");
  try {
    return JSON.parse(json) as States;
  } catch {
    return {};
  }
}
