import express, { type Express } from "express";
import { errorHandler, type Log, notFound } from "./errors.js";
import { limitRate, securityHeaders } from "./guards.js";
import { defaultLimits, type Limits } from "./limits.js";
import type { ModelPool } from "./model-pool.js";
import { page } from "./page.js";
import { routes } from "./routes.js";

export interface AppOptions {
  /** Who answers. The app does not close it. */
  readonly models: ModelPool;
  readonly limits?: Partial<Limits>;
  /** Default: a line to stderr. */
  readonly log?: Log;
}

/**
 * The demo as an Express application, listening nowhere yet.
 * @example createServer(createApp({ models: createModelPool(embeddedCatalog) })).listen(3000, "127.0.0.1")
 */
export function createApp({ models, limits: given, log = logToStderr }: AppOptions): Express {
  const limits = { ...defaultLimits, ...given };
  const app = express();
  app.use(securityHeaders());
  app.use("/v1", limitRate(limits.requestsPerMinute), express.json({ limit: limits.bodyBytes }));
  for (const { method, path, handler } of routes) app[method](path, handler({ models, limits }));
  app.use(page());
  app.use(notFound);
  app.use(errorHandler(log));
  return app;
}

function logToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
