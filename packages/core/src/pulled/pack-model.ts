import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BifocalError, messageOf, throwIfAborted } from "@bifocal/contracts";
import { checkFiles, refuseBadFiles } from "../hub/check-files.js";
import { parseDtype } from "../hub/dtypes.js";
import { optionalFilesOf } from "../hub/model-files.js";
import { lockPath, type ModelLock } from "../hub/model-lock.js";
import { tarEnd, tarHeader, tarPadding } from "../hub/tar.js";
import { type CacheOptions, findPulled } from "./pulled-models.js";

export interface PackOptions extends CacheOptions {
  /** Which of several dtypes that were pulled. */
  readonly dtype?: string;
  readonly signal?: AbortSignal;
}

/**
 * Writes a pulled model to one file, to be carried to a machine that has no network: a plain tar of what the cache
 * holds of it, its lock first. The same model gives the same bytes.
 * @throws {BifocalError} `unknown-model`, `invalid-input` where a dtype must be chosen, `model-damaged`, `unwritable`.
 */
export async function packModel(source: string, output: string, options: PackOptions = {}): Promise<ModelLock> {
  const { root, locks } = await findPulled(source, options);
  const lock = chooseLock(source, locks, options.dtype);
  refuseBadFiles(lock, await checkFiles(root, lock, { readAll: true }));
  const temporary = join(dirname(output), `.${basename(output)}.${process.pid}.tmp`);
  try {
    await pipeline(Readable.from(archive(root, lock, options.signal)), createWriteStream(temporary));
    await rename(temporary, output);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof BifocalError) throw cause;
    throw new BifocalError("unwritable", `${output} cannot be written (${messageOf(cause)}).`, { cause });
  }
  return lock;
}

/** @throws {BifocalError} `invalid-input`, `unknown-model`. */
function chooseLock(source: string, locks: readonly ModelLock[], dtype: string | undefined): ModelLock {
  const dtypes = locks.map((lock) => lock.dtype).join(", ");
  const lock = dtype === undefined ? locks[0] : locks.find((each) => each.dtype === parseDtype(dtype));
  if (lock === undefined)
    throw new BifocalError("unknown-model", `${source} was pulled as ${dtypes}, not as ${dtype}.`);
  if (dtype !== undefined || locks.length === 1) return lock;
  throw new BifocalError("invalid-input", `${source} was pulled as ${dtypes}. Choose one: --dtype ${lock.dtype}`);
}

/** What the model is known not to have: otherwise the Hub would be asked for it. */
export function absentFiles({ task, files }: ModelLock): string[] {
  return optionalFilesOf(task).filter((file) => files[file] === undefined);
}

async function* archive(root: string, lock: ModelLock, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const top = basename(root);
  yield* entry(`${top}/bifocal/${basename(lockPath(root, lock))}`, Buffer.from(`${JSON.stringify(lock, null, 1)}\n`));
  if (lock.revision !== lock.commit) yield* entry(`${top}/refs/${lock.revision}`, Buffer.from(lock.commit));
  for (const file of absentFiles(lock)) yield* entry(`${top}/.no_exist/${lock.commit}/${file}`, Buffer.alloc(0));
  for (const [file, { bytes }] of Object.entries(lock.files)) {
    const path = `snapshots/${lock.commit}/${file}`;
    yield tarHeader(`${top}/${path}`, bytes);
    for await (const chunk of createReadStream(join(root, path))) {
      throwIfAborted(signal);
      yield chunk as Buffer;
    }
    yield tarPadding(bytes);
  }
  yield tarEnd;
}

function* entry(name: string, content: Buffer): Generator<Buffer> {
  yield tarHeader(name, content.length);
  yield content;
  yield tarPadding(content.length);
}
