import { setTimeout as wait } from "node:timers/promises";
import { BifocalError, messageOf } from "@bifocal/contracts";
import { digestFile, type FileDigest } from "./checksum.js";
import type { Told } from "./hub-address.js";
import { type FileRequest, requestFile, unreachable } from "./hub-request.js";
import type { HubSettings } from "./hub-settings.js";
import { claimPart, dropPart, leavePart, type PartialFile, placePart, readPart } from "./partial-file.js";
import { receiveBody } from "./receive-body.js";
import { retryWaitMs } from "./retry-wait.js";

export interface Download extends Pick<FileRequest, "hubId" | "file" | "signal"> {
  /** Where parts of this file are kept until it is whole. */
  readonly partsFolder: string;
  /** Where the whole file belongs; known once the server has told its commit. */
  place(commit: string | undefined): string;
  onBytes(loadedBytes: number, totalBytes: number | undefined): void;
}

export interface Downloaded extends FileDigest {
  readonly commit: string | undefined;
}

/**
 * Brings a file, which appears only once it is whole and is what the Hub says it is. Goes on where an earlier download
 * broke off, in this process or another; asks again where a server is busy.
 * @returns nothing where there is no such file.
 * @throws {BifocalError} `not-permitted`, `no-network`, `model-damaged`, `unwritable` or `aborted`.
 */
export async function downloadFile(download: Download, settings: HubSettings): Promise<Downloaded | undefined> {
  const part = await claimPart(download.partsFolder);
  try {
    const told = await fillPart(part, download, settings);
    if (told !== undefined) return await finish(part, told, download, settings);
    await dropPart(part);
    return undefined;
  } catch (cause) {
    await leavePart(part);
    throw isFileError(cause) ? unwritable(download, cause) : cause;
  }
}

async function finish(
  part: PartialFile,
  told: Told,
  download: Download,
  settings: HubSettings,
): Promise<Downloaded | undefined> {
  const { agrees, ...digest } = await digestFile(part.body, told.checksum);
  if (agrees) {
    await placePart(part, download.place(told.commit));
    return { ...digest, commit: told.commit };
  }
  await dropPart(part);
  // What was taken over from an earlier download may have been bad.
  if (part.resume !== undefined) return downloadFile(download, settings);
  throw new BifocalError(
    "model-damaged",
    `${download.file} of ${download.hubId.id} did not arrive as ${settings.endpoint} has it: its checksum is another than ${told.checksum?.hex}. Try again; if it stays so, something between changes what is sent.`,
  );
}

/** Asks until the part is whole, as long as it grows or there is hope; nothing where there is no such file. */
async function fillPart(part: PartialFile, download: Download, settings: HubSettings): Promise<Told | undefined> {
  let furthest = part.resume?.fromByte ?? 0;
  for (let fruitless = 0; ; ) {
    const attempt = await tryOnce(part, download, settings);
    if (attempt.type === "missing") return undefined;
    if (attempt.type === "whole") return attempt.told;
    const size = (await readPart(part.body)).resume?.fromByte ?? 0;
    fruitless = size > furthest ? 0 : fruitless + 1;
    furthest = Math.max(furthest, size);
    const waitMs = retryWaitMs(fruitless, attempt.retryAfter, Date.now());
    if (waitMs === undefined) throw attempt.error;
    await wait(waitMs, undefined, { signal: download.signal }).catch((cause) => {
      throw unreachable(settings.endpoint, cause, download.signal);
    });
  }
}

type Attempt =
  | { readonly type: "missing" }
  | { readonly type: "whole"; readonly told: Told }
  | { readonly type: "again"; readonly error: BifocalError; readonly retryAfter: string | null };

async function tryOnce(part: PartialFile, download: Download, settings: HubSettings): Promise<Attempt> {
  const { hubId, file, signal } = download;
  const before = await readPart(part.body);
  try {
    const answer = await requestFile({ hubId, file, resume: before.resume, signal }, settings);
    if (answer.type !== "file") return answer;
    await receiveBody(answer.response, part.body, download.onBytes);
    return { type: "whole", told: answer.told };
  } catch (cause) {
    const error = cause instanceof BifocalError ? cause : unreachable(settings.endpoint, cause, signal);
    if (isFileError(cause) || !mayPass(error, before, await readPart(part.body)))
      throw isFileError(cause) ? cause : error;
    return { type: "again", error, retryAfter: null };
  }
}

/** A network that has given something may give the rest; one that never answered is taken to be down. */
function mayPass({ code }: BifocalError, before: PartialFile, now: PartialFile): boolean {
  return code === "no-network" && (before.resume !== undefined || now.resume !== undefined);
}

/** Failures of the file system name the call that failed and its path; those of the network do not. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error && "path" in error;
}

function unwritable({ file, hubId }: Download, cause: Error): BifocalError {
  return new BifocalError(
    "unwritable",
    `${file} of ${hubId.id} cannot be written (${messageOf(cause)}). Make room, or choose another folder with cacheDir or HF_HOME.`,
    { cause },
  );
}
