import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { expect, test } from "vitest";
import { pathOf, reviewModelFile } from "../testing/files.js";
import { isBuilt, start } from "../testing/process.js";

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
      reviewModelFile(),
      "--input",
      input,
      "--output",
      pathOf("huge.csv"),
    ];
    const { outcome } = start(args, { NODE_OPTIONS: "--max-old-space-size=48" });
    expect(await outcome).toMatchObject({ code: 0, stderr: expect.stringContaining(`${lines} texts written`) });
  },
);
