import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pipeline } from "bifocal";

/** Sentences with a label each, to measure on. */
export interface BenchItems {
  readonly origin: string;
  readonly items: readonly { readonly text: string; readonly label: string }[];
}

const sentences = fileURLToPath(new URL("../../shared/data/rt-polarity/all.jsonl", import.meta.url));

/** 10,662 sentences of film reviews where they are at hand, otherwise 2,000 that our own model of prose writes. */
export async function readItems(): Promise<BenchItems> {
  if (!existsSync(sentences)) return { origin: "sentences by ngram-prose-en", items: await writeItems() };
  const lines = readFileSync(sentences, "utf8").trimEnd().split("\n");
  return { origin: "the sentences of rt-polarity", items: lines.map((line) => JSON.parse(line)) };
}

async function writeItems(): Promise<BenchItems["items"]> {
  await using write = await pipeline("text-generation", null, { style: "prose" });
  const texts = await Promise.all(
    Array.from({ length: 2000 }, (_, seed) => write("", { seed, maxNewTokens: 10 + (seed % 20) })),
  );
  return texts.map(({ text }, i) => ({ text, label: i % 2 === 0 ? "positive" : "negative" }));
}
