import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

let count = 0;

/** Writes data as JSON, whole or not at all, whoever else writes the same file. */
export async function writeJson(path: string, data: unknown): Promise<void> {
  await writeText(path, `${JSON.stringify(data, null, 1)}\n`);
}

/** Writes a text, whole or not at all, whoever else writes the same file. */
export async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${++count}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}
