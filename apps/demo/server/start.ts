import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type Address, chooseAddress, refusalOf, urlOf } from "./address.js";
import { type Catalog, embeddedCatalog } from "./catalog.js";
import { type AppOptions, createApp } from "./create-app.js";
import { createModelPool } from "./model-pool.js";

export interface StartOptions extends Partial<Address>, Omit<AppOptions, "models"> {
  /** Default: the models that come with the library. */
  readonly catalog?: Catalog;
}

/** A server that listens. */
export interface Running {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, waits for those under way (5 s at most), and closes the models. */
  close(): Promise<void>;
}

/**
 * Serves the demo. Port 0 takes any free port.
 * @throws {BifocalError} `address-in-use`, `not-permitted` or `invalid-input`, with what to do.
 * @example const { url, close } = await start({ port: 0 });
 */
export async function start({ port, host, catalog = embeddedCatalog, ...app }: StartOptions = {}): Promise<Running> {
  const address = chooseAddress({ ...(port !== undefined && { port }), ...(host !== undefined && { host }) });
  const models = createModelPool(catalog);
  const server = createServer(createApp({ models, ...app }));
  await listen(server, address);
  const bound = server.address();
  const actualPort = typeof bound === "object" && bound !== null ? bound.port : address.port;
  return {
    url: urlOf({ host: address.host, port: actualPort }),
    async close() {
      await closeServer(server);
      await models[Symbol.asyncDispose]();
    },
  };
}

async function listen(server: Server, address: Address): Promise<void> {
  server.listen(address.port, address.host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw refusalOf(error as NodeJS.ErrnoException, address);
  }
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const impatience = setTimeout(() => server.closeAllConnections(), 5000);
  // A connection kept alive after its last answer would hold the server open until it times out.
  const tidying = setInterval(() => server.closeIdleConnections(), 50);
  server.close();
  await once(server, "close");
  clearInterval(tidying);
  clearTimeout(impatience);
}
