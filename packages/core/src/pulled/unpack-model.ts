import { createWriteStream } from "node:fs";
import { type FileHandle, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { BifocalError } from "@bifocal/contracts";
import { digestFile } from "../hub/checksum.js";
import { refuseDrift } from "../hub/drift.js";
import { hubSettings } from "../hub/hub-settings.js";
import { type ModelLock, parseLock, readLocks, writeLock } from "../hub/model-lock.js";
import { modelRoot, nameAbsence, nameCommit } from "../hub/revisions.js";
import { openTar, readTarEntries, type TarEntry } from "../hub/tar.js";
import { absentFiles } from "./pack-model.js";
import { type VerifyOptions, verifyLock } from "./verify-models.js";

/** No lock is larger: that of a model of a hundred files with its canary takes some 100 kB. */
const largestLockBytes = 16 * 2 ** 20;

/**
 * Takes a model that `packModel` wrote into the cache, with no network. Every file is compared with the lock before it
 * takes its place, nothing is written that the lock does not name, and the weights are tried on this machine.
 * @throws {BifocalError} `unreadable`, `model-damaged`, `aborted`.
 */
export async function unpackModel(path: string, { cacheDir, signal }: VerifyOptions = {}): Promise<ModelLock> {
  const tar = await openTar(path);
  try {
    const entries = await readTarEntries(tar, path);
    const lock = await readFirst(tar, entries, path);
    const root = modelRoot(hubSettings(process.env, cacheDir).cacheDir, lock.id);
    for (const file of Object.keys(lock.files)) await unpackFile({ tar, entries, path, lock, root, signal }, file);
    for (const file of absentFiles(lock)) await nameAbsence(root, lock.commit, file);
    await nameCommit(root, lock.revision, lock.commit);
    await writeLock(root, lock);
    const { lock: tried } = await verifyLock(root, lock, signal);
    refuseDrift(tried, await readLocks(root, lock.commit));
    return tried;
  } finally {
    await tar.close();
  }
}

async function readFirst(tar: FileHandle, entries: readonly TarEntry[], path: string): Promise<ModelLock> {
  const first = entries.find(({ name }) => name.endsWith(".lock.json"));
  if (first === undefined || first.bytes > largestLockBytes) {
    throw new BifocalError(
      "model-damaged",
      `${path} holds no packed model: it has no lock. Give what models pack wrote.`,
    );
  }
  const json = Buffer.alloc(first.bytes);
  await tar.read(json, 0, first.bytes, first.offset);
  return parseLock(json.toString("utf8"), first.name);
}

interface Unpacking {
  readonly tar: FileHandle;
  readonly entries: readonly TarEntry[];
  readonly path: string;
  readonly lock: ModelLock;
  readonly root: string;
  readonly signal: AbortSignal | undefined;
}

async function unpackFile({ tar, entries, path, lock, root, signal }: Unpacking, file: string): Promise<void> {
  const inside = `snapshots/${lock.commit}/${file}`;
  const entry = entries.find(({ name }) => name.endsWith(`/${inside}`));
  if (entry?.bytes !== lock.files[file]?.bytes) throw damaged(path, file);
  const target = join(root, inside);
  const temporary = `${target}.${process.pid}.tmp`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await pipeline(contentOf(tar, entry as TarEntry), createWriteStream(temporary), { signal });
    if ((await digestFile(temporary)).sha256 !== lock.files[file]?.sha256) throw damaged(path, file);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function* contentOf(tar: FileHandle, { bytes, offset }: TarEntry): AsyncGenerator<Buffer> {
  const chunkBytes = 1 << 20;
  for (let at = 0; at < bytes; at += chunkBytes) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, bytes - at));
    await tar.read(chunk, 0, chunk.length, offset + at);
    yield chunk;
  }
}

function damaged(path: string, file: string): BifocalError {
  return new BifocalError(
    "model-damaged",
    `${file} in ${path} is not the file that was packed. Copy it again, or pack the model again.`,
  );
}
