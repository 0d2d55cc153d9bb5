import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const fixtures = fileURLToPath(new URL("../../../tests/fixtures/onnx/", import.meta.url));
export const commit = "0123456789abcdef0123456789abcdef01234567";

export interface HubRequest {
  /** The Hub itself, or the host that large files are redirected to. */
  readonly host: "hub" | "store";
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly token: string | undefined;
}

/** What a server does instead of giving a file: answers and says true, or leaves it to the server. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, host: HubRequest["host"]) => boolean;

/** A server with the layout of the Hub, on this machine. */
export interface HubServer {
  readonly endpoint: string;
  readonly requests: HubRequest[];
  /** Contents beside or in place of the fixtures', by `fixture/file`; none where undefined. */
  readonly contents: Map<string, Uint8Array | undefined>;
  /** What the branch `main` names. */
  head: string;
  misbehave: Misbehaviour;
  /** What large files are said to be, where it is not the truth. */
  claimedSha256: string | undefined;
  paths(host?: HubRequest["host"]): string[];
  stop(): Promise<void>;
}

/**
 * Serves the fixtures as the Hub does: `/tiny/{fixture}/resolve/{revision}/{file}`, small files itself with git's name
 * for them as the ETag, ONNX files by a redirection to another host, telling their SHA-256.
 */
export async function startHub(): Promise<HubServer> {
  const store = await listen((request, response) => void serveStore(request, response));
  const server = await listen((request, response) => void serveHub(request, response));
  const hub: HubServer = {
    endpoint: addressOf(server),
    requests: [],
    contents: new Map(),
    head: commit,
    misbehave: () => false,
    claimedSha256: undefined,
    paths: (host = "hub") => hub.requests.filter((request) => request.host === host).map(({ path }) => path),
    stop: async () => void (await Promise.all([server, store].map(close))),
  };

  async function contentOf(name: string, file: string): Promise<Uint8Array | undefined> {
    const key = `${name}/${file}`;
    if (hub.contents.has(key)) return hub.contents.get(key);
    return readFile(join(fixtures, key)).catch(() =>
      readFile(join(fixtures, "../decoding", key)).catch(() => undefined),
    );
  }

  function isTurnedAway(request: IncomingMessage, response: ServerResponse, host: HubRequest["host"]): boolean {
    const { method = "", url: path = "", headers } = request;
    hub.requests.push({ host, method, path, range: headers.range, token: headers.authorization });
    return hub.misbehave(request, response, host);
  }

  async function serveHub(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isTurnedAway(request, response, "hub")) return;
    const [, name = "", revision = "", file = ""] =
      /^\/tiny\/([\w-]+)\/resolve\/([\w%]+)\/(.+)$/u.exec(request.url ?? "") ?? [];
    const isKnown = ["main", "v1", commit, hub.head].includes(revision);
    const content = isKnown ? await contentOf(name, file) : undefined;
    const told = { "x-repo-commit": revision === "main" ? hub.head : revision === "v1" ? commit : revision };
    if (content === undefined) return void response.writeHead(404, told).end();
    if (!file.endsWith(".onnx")) return send(request, response, content, { ...told, etag: `"${gitSha1(content)}"` });
    const linked = { "x-linked-etag": `"${hub.claimedSha256 ?? sha256(content)}"`, "x-linked-size": content.length };
    response.writeHead(302, { ...told, ...linked, location: `${addressOf(store)}/${name}/${file}` }).end();
  }

  async function serveStore(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isTurnedAway(request, response, "store")) return;
    const [, name = "", file = ""] = /^\/([\w-]+)\/(.+)$/u.exec(request.url ?? "") ?? [];
    const content = await contentOf(name, file);
    if (content === undefined) return void response.writeHead(404).end();
    send(request, response, content, { etag: `"store-${sha256(content).slice(0, 12)}"` });
  }

  return hub;
}

/** Gives a content, or the part that is asked for as long as it is of this content. */
export function send(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  content: Uint8Array,
  told: Readonly<Record<string, string>>,
): void {
  const [, start] = /^bytes=(\d+)-$/u.exec(headers.range ?? "") ?? [];
  const from = Number(start ?? 0);
  const isPart = start !== undefined && headers["if-range"] === told.etag;
  if (isPart && from >= content.length) {
    return void response.writeHead(416, { ...told, "content-range": `bytes */${content.length}` }).end();
  }
  const rest = isPart ? content.subarray(from) : content;
  const range = isPart && { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
  response.writeHead(isPart ? 206 : 200, { ...told, ...range, "content-length": rest.length });
  response.end(method === "HEAD" ? undefined : rest);
}

export function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function gitSha1(content: Uint8Array): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
