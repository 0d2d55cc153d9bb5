import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { installInto, onnxModel } from "./packages/consumer.js";
import { packAll } from "./packages/pack-all.js";
import { run } from "./packages/run.js";
import { whyUnreachable } from "./packages/why-unreachable.js";

const sentence = "Ada Lovelace met Charles Babbage in London on 5 June 1833.";

let folder: string;
let project: string;
let skipped: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-packages-"));
  project = join(folder, "project");
  skipped = await whyUnreachable(async () => installInto(project, ["@bifocal/cli", "bifocal"], await packAll(folder)));
}, 300_000);

beforeEach(({ skip }) => skip(skipped !== undefined, skipped));

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(["20.19.0", "22", "24"])("the packages on Node %s", (version) => {
  const node = (...args: readonly string[]): Promise<string> =>
    run(project, "npx", ["--yes", `node@${version}`, ...args]);

  test("run a model of each kind", { timeout: 180_000 }, async () => {
    const answers = JSON.parse(await node("use-library.mjs", onnxModel));
    expect(answers).toMatchObject({ sentiment: "positive", tokens: 20, onnx: "positive" });
    expect(answers.entities).toEqual(expect.arrayContaining(["LOC London", "DATE 5 June 1833"]));
    expect(answers.node).toMatch(new RegExp(`^v${version}\\b`));
  });

  test("run the command line", { timeout: 180_000 }, async () => {
    const answers = await node("node_modules/@bifocal/cli/bin/bifocal.js", "analyze", "--json", sentence);
    const failed = answers
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ error }) => error !== undefined && error.code !== "no-model");
    expect(failed).toEqual([]);
  });
});
