import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DataFile, Provenance } from "@bifocal/evaluation";
import type { Experiment } from "./experiment.js";

/** What somebody needs to get an experiment's figures again. */
export async function provenanceOf({ train, test, options }: Experiment): Promise<Provenance> {
  const data = [await dataFile("test", test)];
  if (train !== undefined) data.unshift(await dataFile("train", train));
  return { versions: { bifocal: await version(), node: process.versions.node }, data, options };
}

/** The version of the command, as its package says. */
export async function version(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

async function dataFile(role: DataFile["role"], path: string): Promise<DataFile> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { role, name: basename(path), sha256: hash.digest("hex") };
}
