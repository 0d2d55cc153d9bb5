import { constants, realpathSync, statSync } from "node:fs";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { systemReason } from "@bifocal/corpus";
import { BifocalError } from "bifocal";

/** @throws {BifocalError} `invalid-input` where the output is the file that is read, which would be lost. */
export function refuseSameFile(input: string, output: string): void {
  if (input === "-" || !isThere(input) || !isThere(output)) return;
  if (realpathSync(input) !== realpathSync(output)) return;
  throw new BifocalError("invalid-input", `${output} is the input itself. Give --output another name.`);
}

/** @throws {BifocalError} `unreadable`; stdin is taken to be readable. */
export async function checkReadable(path: string): Promise<void> {
  if (path === "-") return;
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new BifocalError("unreadable", `Cannot read ${path}: ${systemReason(error)}.`, { cause: error });
  });
}

/** Makes a folder, with those above it. @throws {BifocalError} `unwritable`. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

/** @throws {BifocalError} `unwritable` where a file could not be put there; leaves nothing behind. */
export async function checkWritable(path: string): Promise<void> {
  try {
    if (path.endsWith("/") || path.endsWith(sep) || (isThere(path) && statSync(path).isDirectory()))
      throw new Error("it is a folder");
    await access(isThere(path) ? path : dirname(path), constants.W_OK);
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes a file whole or not at all: under another name first. @throws {BifocalError} `unwritable`. */
export async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): BifocalError {
  return new BifocalError("unwritable", `Cannot write ${path}: ${systemReason(error)}.`, { cause: error });
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
