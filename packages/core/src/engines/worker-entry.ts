import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BifocalError } from "@bifocal/contracts";

/**
 * The compiled entry of the worker, from compiled code and from source alike: Node 20 cannot start a worker from TypeScript.
 * @throws {BifocalError} `internal` where the package has not been built.
 */
export function workerEntry(): URL {
  const entry = new URL("../../dist/engines/worker.js", import.meta.url);
  if (existsSync(fileURLToPath(entry))) return entry;
  throw new BifocalError("internal", "The ONNX worker is not compiled. Run `npm run build` first.");
}
