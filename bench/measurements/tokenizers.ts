import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { writeDocuments } from "../documents.js";
import type { Measurement } from "../measurement.js";
import { runChild } from "../run-child.js";

const child = new URL("./features-child.mjs", import.meta.url);
const documents = 5000;

/** Tokens a second of each tokenizer, in one thread; natural's and wink's tokens are looked for in the text as well. */
export const tokenizers: Measurement = {
  name: "tokenizers",
  async measure() {
    const { origin, file } = await writeDocuments(documents);
    console.log(`  on ${origin}`);
    const speeds = ["natural", "wink", "whitespace", "word"].map((name) => {
      const measured = runChild(process.execPath, child, file, "tokens", name);
      if (measured === undefined) throw new Error(`The tokenizer ${name} could not be measured.`);
      return { name, value: measured.value };
    });
    rmSync(dirname(file), { recursive: true });
    const peers = speeds.slice(0, 2);
    return speeds.map(({ name, value }) => ({
      what: name,
      value,
      unit: "tokens/s" as const,
      ratios: name === "word" ? peers.map((peer) => ({ to: peer.name, value: value / peer.value })) : [],
    }));
  },
};
