import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "./run.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A package as it would be published. */
export interface Tarball {
  readonly name: string;
  readonly path: string;
  /** What is in it, by path within the package. */
  readonly files: readonly string[];
}

/** Packs every package of the workspace as publishing would: `workspace:*` becomes a version, `publishConfig` holds. */
export async function packAll(folder: string): Promise<readonly Tarball[]> {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { packageManager: string };
  const [pnpm = "pnpm"] = packageManager.split("+");
  const filters = ["--filter", "./packages/*", "--filter", "./apps/*"];
  const report = await run(root, "npx", [
    ...["--yes", pnpm, "--recursive", ...filters, "pack"],
    ...["--pack-destination", folder, "--json"],
  ]);
  const packed = JSON.parse(report) as { name: string; filename: string }[];
  return Promise.all(packed.map(async ({ name, filename }) => ({ name, path: filename, files: await list(filename) })));
}

async function list(tarball: string): Promise<string[]> {
  const listing = await run(root, "tar", ["-tzf", tarball]);
  return listing
    .trimEnd()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""));
}
