import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { expect, test } from "vitest";
import { fileOf, pathOf, reviewModelFile } from "../testing/files.js";
import { bifocal, isBuilt, start } from "../testing/process.js";

const lines = 400_000;

test.skipIf(!isBuilt)(
  "a file far larger than the memory allowed is read and written whole",
  { timeout: 180_000 },
  async () => {
    const input = pathOf("huge.jsonl");
    const file = createWriteStream(input);
    const text = "warm and funny, ".repeat(24);
    for (let i = 0; i < lines; i += 1000)
      if (!file.write(`${JSON.stringify({ text, i })}\n`.repeat(1000))) await once(file, "drain");
    file.end();
    await once(file, "close");
    const args = [
      "run",
      "text-classification",
      "--model",
      await reviewModelFile(),
      "--input",
      input,
      "--output",
      pathOf("huge.csv"),
    ];
    const { outcome } = start(args, { NODE_OPTIONS: "--max-old-space-size=48" });
    expect(await outcome).toMatchObject({ code: 0, stderr: expect.stringContaining(`${lines} texts written`) });
  },
);

test.skipIf(!isBuilt)(
  "a model is learned from a file far larger than the memory allowed for texts",
  { timeout: 300_000 },
  async () => {
    const input = pathOf("huge-train.jsonl");
    const file = createWriteStream(input);
    for (let i = 0; i < lines; i++) {
      const text = `${i % 2 ? "warm and funny" : "dull and long"} w${i % 5000}, `.repeat(18);
      if (!file.write(`${JSON.stringify({ text, label: i % 2 ? "good" : "bad" })}\n`)) await once(file, "drain");
    }
    file.end();
    await once(file, "close");
    const output = pathOf("huge.bifocal");
    const args = ["train", "online-logistic-regression", "--data", input, "--output", output, "--json"];
    const settings = ["hashBits=18", "iterations=1"].flatMap((each) => ["--set", each]);
    const { outcome } = start([...args, ...settings], { NODE_OPTIONS: "--max-old-space-size=64" });
    const { code, stdout } = await outcome;
    expect({ code, items: JSON.parse(stdout).items }).toEqual({ code: 0, items: lines });
  },
);

test.skipIf(!isBuilt)(
  "every embedded model answers a megabyte in one line, or says why not",
  { timeout: 180_000 },
  async () => {
    const { code, stdout } = await bifocal([
      "analyze",
      "--json",
      "--input",
      fileOf("mega.txt", "word ".repeat(200_000)),
    ]);
    expect(code).toBe(1);
    const findings = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const failed = findings.filter(({ model, error }) => model !== null && error !== undefined);
    expect(failed).toMatchObject([{ task: "translation", error: { code: "too-large" } }]);
  },
);
