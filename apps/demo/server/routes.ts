import type { Route } from "./route.js";
import { health } from "./routes/health.js";
import { listModels } from "./routes/list-models.js";
import { run } from "./routes/run.js";

/** Every route of the API. */
export const routes: readonly Route[] = [health, listModels, run];
