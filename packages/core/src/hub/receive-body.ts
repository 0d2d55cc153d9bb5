import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { beginPart, readPart } from "./partial-file.js";

type OnBytes = (loadedBytes: number, totalBytes: number | undefined) => void;

/**
 * Writes what a server sends to the end of a part, or over it where the server begins anew.
 * @throws what failed, the file system or the network; an Error where the server stopped early.
 */
export async function receiveBody(response: Response, body: string, onBytes: OnBytes): Promise<void> {
  const from = (await readPart(body)).resume?.fromByte ?? 0;
  const place = placeOf(response, from);
  if (place === undefined || (response.status === 416 && place.total !== from)) {
    await response.body?.cancel();
    await beginPart(body, null);
    throw new Error("it sent another part than it was asked for");
  }
  if (place.from === 0) await beginPart(body, response.headers.get("etag"));
  let loaded = place.from;
  onBytes(loaded, place.total);
  if (response.status === 416) return void (await response.body?.cancel());
  const count = (bytes: number): void => {
    loaded += bytes;
    onBytes(loaded, place.total);
  };
  await pipeline(chunks(response, count), createWriteStream(body, { flags: "a" }));
  if (place.total !== undefined && loaded !== place.total) {
    throw new Error(`the download stopped after ${loaded} of ${place.total} bytes`);
  }
}

/** Which bytes an answer holds: from where, of how many; none where they do not follow on those that are there. */
function placeOf(
  { status, headers }: Response,
  asked: number,
): { from: number; total: number | undefined } | undefined {
  if (status !== 206 && status !== 416) return { from: 0, total: lengthOf(headers) };
  const [, first, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/u.exec(headers.get("content-range") ?? "") ?? [];
  if (total === undefined || Number(first ?? asked) !== asked) return undefined;
  return { from: asked, total: Number(total) };
}

function lengthOf(headers: Headers): number | undefined {
  const sent = headers.get("content-length");
  return sent === null || headers.has("content-encoding") ? undefined : Number(sent);
}

async function* chunks(response: Response, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of response.body === null ? [] : Readable.fromWeb(response.body as never)) {
    yield chunk as Uint8Array;
    onBytes((chunk as Uint8Array).length);
  }
}
