import { BifocalError, messageOf } from "@bifocal/contracts";
import { fetchFollowing, type Told } from "./hub-address.js";
import type { HubId } from "./hub-id.js";
import type { HubSettings } from "./hub-settings.js";
import { askedWaitMs } from "./retry-wait.js";

/** A file's bytes from some place on, as long as it is still the file that they began with. */
export interface Resume {
  readonly fromByte: number;
  readonly etag: string;
}

/** What came of a request: the file or the rest of it, no such file, or the advice to ask again. */
export type HubAnswer =
  | { readonly type: "file"; readonly response: Response; readonly told: Told }
  | { readonly type: "missing" }
  | { readonly type: "again"; readonly error: BifocalError; readonly retryAfter: string | null };

export interface FileRequest {
  readonly hubId: HubId;
  readonly file: string;
  readonly method?: "GET" | "HEAD";
  readonly resume?: Resume | undefined;
  readonly signal?: AbortSignal | undefined;
}

const temporary = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Asks the Hub for a file.
 * @throws {BifocalError} `not-permitted`, `no-network` or `aborted`.
 */
export async function requestFile(request: FileRequest, settings: HubSettings): Promise<HubAnswer> {
  const { hubId, file, resume, signal, method = "GET" } = request;
  const { endpoint } = settings;
  const url = `${endpoint}/${hubId.id}/resolve/${encodeURIComponent(hubId.revision)}/${file}`;
  const range = resume && { range: `bytes=${resume.fromByte}-`, "if-range": resume.etag };
  const headers = { "accept-encoding": "identity", ...range };
  const { response, told } = await fetchFollowing(url, { method, headers }, settings, signal).catch((cause) => {
    throw unreachable(endpoint, cause, signal);
  });
  const isPlaced = response.status < 400 || (response.status === 416 && resume !== undefined);
  if (isPlaced) return { type: "file", response, told };
  await response.body?.cancel();
  if (response.status === 404) return { type: "missing" };
  const retryAfter = response.headers.get("retry-after");
  const error = refused(hubId.id, response.status, endpoint, retryAfter);
  if (!temporary.has(response.status)) throw error;
  return { type: "again", error, retryAfter };
}

/** What a failed connection means: it was aborted, or there is no network. */
export function unreachable(endpoint: string, cause: unknown, signal?: AbortSignal): BifocalError {
  if (signal?.aborted) return new BifocalError("aborted", "The download was aborted.", { cause: signal.reason });
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return new BifocalError(
    "no-network",
    `${endpoint} cannot be reached (${messageOf(reason)}). Check the connection and try again, or give a local folder that holds the model.`,
    { cause },
  );
}

function refused(id: string, status: number, endpoint: string, retryAfter: string | null): BifocalError {
  if (status === 401 || status === 403) {
    return new BifocalError(
      "not-permitted",
      `${endpoint} does not give ${id} to you (status ${status}): there is no such model, or it is private or gated. Check the id, and set HF_TOKEN to a token that may read it.`,
    );
  }
  const waitMs = retryAfter === null ? undefined : askedWaitMs(retryAfter, Date.now());
  const advice =
    waitMs === undefined ? "Try again later." : `It asks to wait ${Math.ceil(waitMs / 1000)} s. Try again then.`;
  return new BifocalError("no-network", `${endpoint} answered with status ${status} for ${id}. ${advice}`);
}
