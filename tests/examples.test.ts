import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Task, tasks } from "@bifocal/contracts";
import { expect, test } from "vitest";

const folder = new URL("../examples/", import.meta.url);
const root = fileURLToPath(new URL("..", folder));

/** What each example prints, among other things. It runs on the built packages, as a user's file would. */
const printed = {
  "text-classification": [/^topic: .*\n.*% {2}.*hockey/im, /^review: .*\n.*% {2}negative/m, /^spam: .*\n.*% {2}spam/m],
  "sentiment-analysis": [
    /\(discriminative\)/,
    /\(generative\)/,
    /positive +\d+ % {2}A warm/,
    /negative +\d+ % {2}A dull/,
  ],
  ner: [/PER: .*Ada Lovelace/, /LOC: London/, /DATE: .*1833/],
  summarization: [/lighthouse/, /characters \d+ to \d+, score \d/],
  translation: [/^No translation: .*bifocal|^The cat sleeps on the sofa\.\n\S/],
  "text-generation": [
    /^\[prose\]\nPrince Andrew.+/m,
    /^\[verse\]\nROMEO:\nBut soft.+/m,
    /^\[typescript\]\nexport function .+/m,
  ],
} satisfies Record<Task, readonly RegExp[]>;

test.each(tasks)("the example of %s runs, and prints what it promises", async (task) => {
  const file = fileURLToPath(new URL(`${task}.ts`, folder));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--import", "tsx", file], { cwd: root });
  for (const pattern of printed[task]) expect(stdout).toMatch(pattern);
  expect(stderr).toBe("");
});

test("there is one example for each task, short enough to read at once", () => {
  expect(readdirSync(folder).sort()).toEqual(tasks.map((task) => `${task}.ts`).sort());
});
