import { createRequire } from "node:module";

/** A package that only the bench installs. */
export const loadPeer = createRequire(new URL("../peers/package.json", import.meta.url));
