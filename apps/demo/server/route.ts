import type { RequestHandler } from "express";
import type { Limits } from "./limits.js";
import type { ModelPool } from "./model-pool.js";

/** What a route may use. */
export interface RouteContext {
  readonly models: ModelPool;
  readonly limits: Limits;
}

/** A route: one file in routes/, and one line in the table. */
export interface Route {
  readonly method: "get" | "post";
  readonly path: string;
  handler(context: RouteContext): RequestHandler;
}
