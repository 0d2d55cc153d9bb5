import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Measurement, median, type Reading } from "../measurement.js";
import { inTurns, type Side, withSides } from "../sides.js";

const program = new URL("../onnx/writer-side.mjs", import.meta.url);
const folder = fileURLToPath(new URL("../../../shared/models/karpathy/stories260K", import.meta.url));
const beginnings = [
  "Once upon a time",
  "Lily and Tom",
  "The big dog",
  "One day, a little girl",
  "There was a",
  "Mom said",
];

/** Tokens a second of stories260K, greedily, in one thread: one text at a time, and 16 at once beside the library's loop. */
export const onnxWriting: Measurement = {
  name: "writing by stories260K",
  async measure() {
    if (!existsSync(folder)) throw new Error("../shared/models/karpathy/stories260K is not at hand.");
    return withSides(program, { ours: ["ours", folder], library: ["library", folder] }, async ({ ours, library }) => [
      ...(await compare(ours, library, { prompts: 1, rounds: 31, goal: 1 })),
      ...(await compare(ours, library, { prompts: 16, rounds: 9, goal: 3 })),
    ]);
  },
};

async function compare(
  ours: Side,
  library: Side,
  { prompts, rounds, goal }: { readonly prompts: number; readonly rounds: number; readonly goal: number },
): Promise<Reading[]> {
  const texts = (round: number): string[] =>
    Array.from({ length: prompts }, (_, i) => beginnings[(round + i) % beginnings.length] as string);
  for (const side of [ours, library]) for (let i = 0; i < 3; i++) await tokensASecond(side, texts(i));
  const found = await inTurns(rounds, {
    ours: (round) => tokensASecond(ours, texts(round)),
    library: (round) => tokensASecond(library, texts(round)),
  });
  const what = prompts === 1 ? "one text" : `${prompts} texts`;
  const ratio = { to: "the library", value: median(found.map((each) => each.ours / each.library)), goal };
  return [
    { what: `${what}, library, one by one`, value: median(found.map((each) => each.library)), unit: "tokens/s" },
    { what: `${what}, ours`, value: median(found.map((each) => each.ours)), unit: "tokens/s", ratios: [ratio] },
  ];
}

async function tokensASecond(side: Side, prompts: readonly string[]): Promise<number> {
  const { seconds, tokens } = await side.ask<{ readonly seconds: number; readonly tokens: number }>(prompts);
  return tokens / seconds;
}
