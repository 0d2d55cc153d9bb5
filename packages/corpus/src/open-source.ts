import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import { systemReason } from "./system-reason.js";

/** How errors call a source. */
export function nameOfSource(path: string): string {
  return path === "-" ? "stdin" : path;
}

/**
 * The bytes of a file, or of stdin where the path is `-`, as they are asked for.
 * @throws {BifocalError} `unreadable`, or `aborted`.
 */
export async function* openSource(path: string, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  throwIfAborted(signal);
  try {
    const stream = path === "-" ? process.stdin : await streamFile(path);
    yield* signal === undefined ? stream : addAbortSignal(signal, stream);
  } catch (error) {
    throwIfAborted(signal);
    throw new BifocalError("unreadable", `Cannot read ${nameOfSource(path)}: ${systemReason(error)}.`, {
      cause: error,
    });
  }
}

async function streamFile(path: string): Promise<Readable> {
  const handle = await open(path);
  return createReadStream(path, { fd: handle, highWaterMark: 256 * 1024 });
}
