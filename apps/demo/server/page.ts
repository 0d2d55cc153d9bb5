import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express, { Router } from "express";

/** The web form: its markup and styles as written, its scripts as compiled. */
export function page(): Router {
  const router = Router();
  const files = express.static(folder("web/"), { index: "index.html" });
  router.get(/^\/([\w-]+\.(html|css|svg))?$/, files);
  router.get(
    /^\/scripts\/[\w/-]+\.js$/,
    (request, _response, next) => {
      request.url = request.url.slice("/scripts".length);
      next();
    },
    express.static(folder("dist/web/"), { index: false }),
  );
  return router;
}

/** A folder of this package, whether this module runs as source (server/) or compiled (dist/server/). */
function folder(path: string): string {
  const root = existsSync(new URL("../package.json", import.meta.url)) ? "../" : "../../";
  return fileURLToPath(new URL(root + path, import.meta.url));
}
