import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";

/** The part of a file that has arrived so far. It has one owner, so that processes never write into each other's. */
export interface PartialFile {
  readonly body: string;
  /** Bytes that are there, and what they are the beginning of; none where nothing can be resumed. */
  readonly resume: { readonly fromByte: number; readonly etag: string } | undefined;
}

/** Nobody writes a part that has not changed for so long, whatever became of its owner. */
const abandonedAfterMs = 10 * 60_000;
const unowned = "unowned";
let claims = 0;

/** Takes over the part that an earlier process left in the folder, killed or not; else a new one, made at the first write. */
export async function claimPart(folder: string): Promise<PartialFile> {
  claims++;
  const own = join(folder, `${hostname()}-${process.pid}-${claims}`);
  for (const name of await readdir(folder).catch(() => [])) {
    const left = join(folder, name);
    // A rename succeeds for one claimant only.
    if ((await isAbandoned(left, name)) && (await succeeds(rename(left, own)))) break;
  }
  return readPart(join(own, "body"));
}

/** The part as it is now. */
export async function readPart(body: string): Promise<PartialFile> {
  const fromByte = (await stat(body).catch(() => undefined))?.size ?? 0;
  const etag = await readFile(etagFile(body), "utf8").catch(() => "");
  return { body, resume: fromByte > 0 && etag !== "" ? { fromByte, etag } : undefined };
}

/** Begins anew, with the beginning of what the ETag names. A weak one names nothing that can be resumed. */
export async function beginPart(body: string, etag: string | null): Promise<void> {
  await mkdir(dirname(body), { recursive: true });
  await writeFile(body, "");
  await writeFile(etagFile(body), etag?.startsWith("W/") ? "" : (etag ?? ""));
}

/** Leaves the part to whoever comes next. */
export async function leavePart({ body }: PartialFile): Promise<void> {
  const { resume } = await readPart(body);
  const own = dirname(body);
  if (resume !== undefined && (await succeeds(rename(own, join(dirname(own), unowned))))) return;
  await dropPart({ body });
}

export async function dropPart({ body }: Pick<PartialFile, "body">): Promise<void> {
  const own = dirname(body);
  await rm(own, { recursive: true, force: true });
  // The folders of a file, of its commit and of all parts go once nobody downloads into them.
  let folder = dirname(own);
  for (let left = 3; left > 0 && (await succeeds(rmdir(folder))); left--) folder = dirname(folder);
}

/** Moves the whole file to where it belongs. What a lost power supply leaves there is whole, too. */
export async function placePart(part: PartialFile, target: string): Promise<void> {
  const file = await open(part.body, "r+");
  await file.sync().finally(() => file.close());
  await mkdir(dirname(target), { recursive: true });
  await rename(part.body, target);
  await dropPart(part);
}

async function isAbandoned(folder: string, name: string): Promise<boolean> {
  if (name === unowned) return true;
  const [, host, pid] = /^(.+)-(\d+)-\d+$/u.exec(name) ?? [];
  if (host === hostname() && !isAlive(Number(pid))) return true;
  const changed = await stat(join(folder, "body")).catch(() => undefined);
  return changed !== undefined && Date.now() - changed.mtimeMs > abandonedAfterMs;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function etagFile(body: string): string {
  return join(dirname(body), "etag");
}

function succeeds(action: Promise<unknown>): Promise<boolean> {
  return action.then(
    () => true,
    () => false,
  );
}
