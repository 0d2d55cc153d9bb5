import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeModel, trainModel } from "bifocal";
import { afterAll } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "bifocal-cli-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where a file of that name lies, or would. */
export function pathOf(name: string): string {
  return join(folder, name);
}

export function fileOf(name: string, content: string | Uint8Array): string {
  writeFileSync(pathOf(name), content);
  return pathOf(name);
}

export const reviews = [
  { text: "a warm and funny film", label: "positive" },
  { text: "warm, wise and lovely", label: "positive" },
  { text: "a dull and endless bore", label: "negative" },
  { text: "dull, cold and lifeless", label: "negative" },
];

export function jsonLines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** A small classifier of reviews, as a file. */
export async function reviewModelFile(name = "reviews.bifocal"): Promise<string> {
  const model = await trainModel("naive-bayes", reviews, { id: "reviews", trainedOn: ["made up"] });
  return fileOf(name, encodeModel(model));
}
