import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BifocalError, messageOf } from "@bifocal/contracts";
import { unreachable } from "./hub-request.js";

export interface SaveOptions {
  readonly endpoint: string;
  readonly signal?: AbortSignal | undefined;
  onBytes(loadedBytes: number, totalBytes: number | undefined): void;
}

/**
 * Writes what a server sends to a file that appears only once it is whole.
 * @throws {BifocalError} `no-network` where the server stops early, `unwritable`, or `aborted`.
 */
export async function saveBody(response: Response, target: string, options: SaveOptions): Promise<void> {
  const part = `${target}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await pipeline(counted(response, options), createWriteStream(part));
    await rename(part, target);
  } catch (cause) {
    await rm(part, { force: true });
    if (cause instanceof BifocalError) throw cause;
    throw isFileError(cause) ? unwritable(target, cause) : unreachable(options.endpoint, cause, options.signal);
  }
}

async function* counted(response: Response, { endpoint, onBytes }: SaveOptions): AsyncGenerator<Uint8Array> {
  const sent = response.headers.get("content-length");
  const total = sent === null || response.headers.has("content-encoding") ? undefined : Number(sent);
  let loaded = 0;
  onBytes(0, total);
  for await (const chunk of response.body === null ? [] : Readable.fromWeb(response.body as never)) {
    loaded += (chunk as Uint8Array).length;
    yield chunk as Uint8Array;
    onBytes(loaded, total);
  }
  if (total !== undefined && loaded !== total) {
    throw unreachable(endpoint, new Error(`the download stopped after ${loaded} of ${total} bytes`));
  }
}

/** Failures of the file system name the call that failed; those of the network do not. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error && "path" in error;
}

function unwritable(target: string, cause: Error): BifocalError {
  return new BifocalError(
    "unwritable",
    `${target} cannot be written (${messageOf(cause)}). Make room, or choose another folder with cacheDir or HF_HOME.`,
    { cause },
  );
}
