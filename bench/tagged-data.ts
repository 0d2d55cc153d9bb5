import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TaggedSentence } from "bifocal";

const folder = fileURLToPath(new URL("../../shared/data/", import.meta.url));

/** Whether a set of tagged sentences is at hand; where not, that is told. */
export function hasTagged(name: string): boolean {
  const found = existsSync(folder + name);
  if (!found) console.log(`  ../shared/data/${name} is absent`);
  return found;
}

/** A part of a set: a token, a tab and its tag a line; an empty line ends a sentence. */
export function taggedSentences(name: string, part: "train" | "dev"): TaggedSentence[] {
  const file = part === "train" && existsSync(`${folder}${name}/train-draft.conll`) ? "train-draft" : part;
  const blocks = readFileSync(`${folder}${name}/${file}.conll`, "utf8").trimEnd().split(/\n\n+/);
  return blocks.map((block) => {
    const rows = block.split("\n").map((line) => line.split("\t"));
    return { tokens: rows.map(([token = ""]) => token), tags: rows.map(([, tag = "O"]) => tag) };
  });
}

/** Tokens a second of processor time, the best of so many calls, after as many to warm up as it takes. */
export async function tokensPerSecond(tokens: number, repeats: number, call: () => Promise<unknown>): Promise<number> {
  let best = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const before = process.cpuUsage();
    await call();
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, (1e6 * tokens) / (user + system));
  }
  return best;
}
