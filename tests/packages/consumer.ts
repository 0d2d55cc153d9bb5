import { cp, lstat, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Tarball } from "./pack-all.js";
import { run } from "./run.js";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));

/** A model folder in the Hub's layout, for the argument of `use-library.mjs`. */
export const onnxModel = join(fixtures, "onnx/text-classifier");

/** Makes the folder a plain npm project that has these packages of ours, every one from its tarball, and installs it. */
export async function installInto(
  folder: string,
  names: readonly string[],
  tarballs: readonly Tarball[],
): Promise<void> {
  const ours = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
  const dependencies = Object.fromEntries(names.map((name) => [name, ours[name]]));
  const manifest = { name: "consumer", private: true, type: "module", dependencies, overrides: ours };
  await cp(join(fixtures, "consumer"), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  await writeFile(join(folder, ".npmrc"), "onnxruntime-node-install=skip\n");
  await run(folder, "npm", ["install"]);
}

/** Bytes of all files below a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  let bytes = 0;
  for (const name of names) {
    const stats = await lstat(join(folder, name));
    if (stats.isFile()) bytes += stats.size;
  }
  return bytes;
}
