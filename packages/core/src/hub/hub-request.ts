import { BifocalError, messageOf } from "@bifocal/contracts";
import type { HubId } from "./hub-id.js";
import type { HubSettings } from "./hub-settings.js";

/**
 * Asks the Hub for a file; none where it has no such file.
 * @throws {BifocalError} `not-permitted`, `no-network` or `aborted`.
 */
export async function requestFile(
  { id, revision }: HubId,
  file: string,
  { endpoint, token }: HubSettings,
  signal?: AbortSignal,
): Promise<Response | undefined> {
  const url = `${endpoint}/${id}/resolve/${encodeURIComponent(revision)}/${file}`;
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { headers, signal: signal ?? null }).catch((cause) => {
    throw unreachable(endpoint, cause, signal);
  });
  if (response.ok) return response;
  await response.body?.cancel();
  if (response.status === 404) return undefined;
  throw refused(id, response.status, endpoint);
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

function refused(id: string, status: number, endpoint: string): BifocalError {
  if (status === 401 || status === 403) {
    return new BifocalError(
      "not-permitted",
      `${endpoint} does not give ${id} to you (status ${status}): there is no such model, or it is private or gated. Check the id, and set HF_TOKEN to a token that may read it.`,
    );
  }
  return new BifocalError("no-network", `${endpoint} answered with status ${status} for ${id}. Try again later.`);
}
