export type * from "./answers.js";
export { type Catalog, embeddedCatalog } from "./catalog.js";
export { type AppOptions, createApp } from "./create-app.js";
export { defaultLimits, type Limits } from "./limits.js";
export { createModelPool, type ModelPool } from "./model-pool.js";
export { type ServeOptions, serve } from "./serve.js";
export { type Running, type StartOptions, start } from "./start.js";
