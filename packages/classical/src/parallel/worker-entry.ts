import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BifocalError } from "@bifocal/contracts";

/**
 * A compiled worker of this package, from compiled code and from source alike: Node 20 cannot start one from TypeScript.
 * @param path within `dist`: "parallel/job-worker.js".
 * @throws {BifocalError} `internal` where nothing is compiled yet.
 */
export function workerEntry(path: string): URL {
  const entry = new URL(`../../dist/${path}`, import.meta.url);
  if (existsSync(fileURLToPath(entry))) return entry;
  throw new BifocalError("internal", `The worker ${path} is not compiled. Run \`npm run build\` first.`);
}
