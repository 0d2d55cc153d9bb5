import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Task } from "@bifocal/contracts";
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
  translation: [/^The cat sleeps on the sofa\.\nLe chat dort sur le canapé\.\nThe cat /],
  "text-generation": [
    /^\[prose\]\nPrince Andrew.+/m,
    /^\[verse\]\nROMEO:\nBut soft.+/m,
    /^\[typescript\]\nexport function .+/m,
  ],
  "bayesian-network": [
    /wet with probability 64\.7 %/,
    /rain given that it is wet: 70\.8 %/,
    /cloudy: 'yes', sprinkler: 'no'/,
  ],
} satisfies Record<Task, readonly RegExp[]> & Record<string, readonly RegExp[]>;

test.each(Object.entries(printed))("the example of %s runs, and prints what it promises", async (name, patterns) => {
  const file = fileURLToPath(new URL(`${name}.ts`, folder));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--import", "tsx", file], { cwd: root });
  for (const pattern of patterns) expect(stdout).toMatch(pattern);
  expect(stderr).toBe("");
});

test("there is one example for each task, and one for Bayesian networks", () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(printed)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});
