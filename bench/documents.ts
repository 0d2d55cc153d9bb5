import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readItems } from "./items.js";

/** Texts of some length with a label each, as a file with one a line. */
export interface BenchDocuments {
  readonly origin: string;
  readonly file: string;
}

const folder = fileURLToPath(new URL("../../shared/data/", import.meta.url));
const sets = ["20newsgroups/train", "20newsgroups/test", "rt-2k/all", "rt-polarity/all"];

/** As many as that: posts, film reviews and sentences of such where they are at hand, else sentences again and again. */
export async function writeDocuments(count: number): Promise<BenchDocuments> {
  const file = join(mkdtempSync(join(tmpdir(), "bifocal-bench-")), "documents.jsonl");
  const files = sets.map((set) => `${folder}${set}.jsonl`);
  if (files.every((each) => existsSync(each))) {
    const lines = files.flatMap((each) => readFileSync(each, "utf8").trimEnd().split("\n"));
    writeFileSync(file, `${lines.slice(0, count).join("\n")}\n`);
    return { origin: `${count} texts of 20newsgroups, rt-2k and rt-polarity`, file };
  }
  const { origin, items } = await readItems();
  const lines = Array.from({ length: count }, (_, i) => JSON.stringify(items[i % items.length]));
  writeFileSync(file, `${lines.join("\n")}\n`);
  return { origin: `${count} times ${origin}`, file };
}
