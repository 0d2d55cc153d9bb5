import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exists } from "./model-folder.js";
import { writeText } from "./write-text.js";

/** The name that a snapshot's folder may have; fetching from it never mixes two revisions. */
const commitName = /^[\w-][\w.-]*$/u;

/** Where a model of the Hub is kept, with all its revisions. */
export function modelRoot(cacheDir: string, id: string): string {
  return join(cacheDir, `models--${id.replaceAll("/", "--")}`);
}

/** Whether a revision is a commit, which stays what it is. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/u.test(revision);
}

/** The commit that a revision names, as far as is known here. */
export async function commitNamed(root: string, revision: string): Promise<string | undefined> {
  const named = await readFile(join(root, "refs", revision), "utf8").catch(() => revision);
  const commit = named.trim();
  return commitName.test(commit) && (await exists(join(root, "snapshots", commit))) ? commit : undefined;
}

/** Keeps which commit a revision names. */
export async function nameCommit(root: string, revision: string, commit: string): Promise<void> {
  if (revision !== commit) await writeText(join(root, "refs", revision), commit);
}

/** The commit that a server tells; one that tells none is taken at its revision. */
export function commitTold(told: string | undefined, revision: string): string {
  return told !== undefined && commitName.test(told) ? told : revision.replaceAll("/", "--");
}

/** Where it is kept that a commit has no such file, as the Hub's own tools keep it. */
export function absencePath(root: string, commit: string, file: string): string {
  return join(root, ".no_exist", commit, file);
}

/** Keeps that a commit has no such file. */
export function nameAbsence(root: string, commit: string, file: string): Promise<void> {
  return writeText(absencePath(root, commit, file), "");
}
