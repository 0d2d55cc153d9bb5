import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readRecords } from "./read-records.js";
import { openWriter } from "./write-records.js";

const folder = mkdtempSync(join(tmpdir(), "bifocal-writer-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cell = fc.string({ unit: fc.constantFrom("a", ",", "\t", '"', "\n", "\r", " ", "é", "🙂", "=") });

test("what is written is read back, whatever the cells hold", async () => {
  const rows = fc.array(fc.record({ text: cell, label: cell }), { minLength: 1, maxLength: 8 });
  for (const format of ["csv", "tsv", "jsonl"] as const) {
    const path = join(folder, `round.${format}`);
    await fc.assert(
      fc.asyncProperty(rows, async (records) => {
        {
          await using writer = await openWriter(path);
          for (const record of records) await writer.write([record]);
        }
        const read = [];
        for await (const { fields } of readRecords(path)) read.push(fields);
        expect(read).toEqual(records.map((record) => ({ ...record })));
      }),
      { numRuns: 40 },
    );
  }
});

test("a table has the columns of its first record, nothing for what is absent, and JSON for what is nested", async () => {
  const path = join(folder, "t.csv");
  await using writer = await openWriter(path);
  await writer.write([
    { a: 1, b: [{ x: "y" }] },
    { a: null, c: 2 },
  ]);
  expect(readFileSync(path, "utf8")).toBe('a,b\n1,"[{""x"":""y""}]"\n,\n');
});

test("lines are in the file once the write resolves", async () => {
  const path = join(folder, "live.jsonl");
  await using writer = await openWriter(path);
  await writer.write([{ n: 1 }]);
  expect(readFileSync(path, "utf8")).toBe('{"n":1}\n');
});

test("a place that cannot be written is refused at once", async () => {
  await expect(openWriter(join(folder, "absent", "out.csv"))).rejects.toMatchObject({ code: "unwritable" });
  await expect(openWriter(folder, { format: "csv" })).rejects.toMatchObject({ code: "unwritable" });
  await expect(openWriter(join(folder, "out.txt"))).rejects.toThrow("Write .jsonl, .csv, .tsv");
});
