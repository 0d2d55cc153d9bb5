import { type Checksum, checksumOf } from "./checksum.js";
import type { HubSettings } from "./hub-settings.js";

/** What the Hub says of a file on the way to it, in answers that whoever follows redirections blindly never sees. */
export interface Told {
  readonly commit?: string;
  readonly checksum?: Checksum;
}

const redirections = new Set([301, 302, 303, 307, 308]);
const maximumRedirections = 5;

/**
 * Asks an address and follows where it points. The token is shown to the Hub alone, never to the hosts that it points to.
 * @throws what `fetch` throws, and an Error where the redirections have no end.
 */
export async function fetchFollowing(
  url: string,
  request: { readonly method: "GET" | "HEAD"; readonly headers: Readonly<Record<string, string>> },
  { endpoint, token }: HubSettings,
  signal: AbortSignal | undefined,
): Promise<{ readonly response: Response; readonly told: Told }> {
  const home = new URL(endpoint).origin;
  const answers: Headers[] = [];
  let address = new URL(url);
  for (let count = 0; count <= maximumRedirections; count++) {
    const authorization = token !== undefined && address.origin === home && { authorization: `Bearer ${token}` };
    const headers = { ...request.headers, ...authorization };
    const options = { method: request.method, headers, redirect: "manual", signal: signal ?? null } as const;
    const response = await fetch(address, options);
    if (address.origin === home) answers.push(response.headers);
    const location = redirections.has(response.status) ? response.headers.get("location") : null;
    const told = toldBy(answers);
    // An address that is signed for reading may refuse to be asked about.
    const isTold = request.method === "HEAD" && told.checksum !== undefined;
    if (location === null || isTold) return { response, told };
    await response.body?.cancel();
    address = new URL(location, address);
    if (!/^https?:$/u.test(address.protocol)) throw new Error(`it points to ${address.protocol} addresses`);
  }
  throw new Error(`it redirects more than ${maximumRedirections} times`);
}

function toldBy(answers: readonly Headers[]): Told {
  const first = (name: string) => answers.map((headers) => headers.get(name)).find((value) => value !== null);
  const commit = first("x-repo-commit");
  const checksum = checksumOf(first("x-linked-etag") ?? (commit ? (first("etag") ?? null) : null));
  return { ...(commit && { commit }), ...(checksum && { checksum }) };
}
