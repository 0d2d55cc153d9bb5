import { execFile } from "node:child_process";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTarEntries, tarEnd, tarHeader, tarPadding } from "./tar.js";

const run = promisify(execFile);
const hasTar = await run("tar", ["--version"]).then(
  () => true,
  () => false,
);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-tar-"));
});
afterAll(() => rm(folder, { recursive: true }));

const long = `models--an-organization-with-a-name--a-model-with-a-name/snapshots/${"a".repeat(40)}/onnx/model.onnx_data`;
const files: readonly (readonly [string, string])[] = [
  ["a.json", "{}"],
  ["empty", ""],
  [long, "x".repeat(513)],
  ["exact", "y".repeat(1024)],
];

function archive(): Buffer {
  const parts = files.flatMap(([name, text]) => [
    tarHeader(name, text.length),
    Buffer.from(text),
    tarPadding(text.length),
  ]);
  return Buffer.concat([...parts, tarEnd]);
}

async function entriesOf(content: Uint8Array) {
  const path = join(folder, "read.tar");
  await writeFile(path, content);
  const file = await open(path);
  return readTarEntries(file, path).finally(() => file.close());
}

test("reads what it writes", async () => {
  const content = archive();
  const entries = await entriesOf(content);
  expect(entries.map(({ name, bytes, offset }) => [name, content.toString("utf8", offset, offset + bytes)])).toEqual(
    files,
  );
});

test.skipIf(!hasTar)("writes what tar reads, and reads what tar writes", async () => {
  await writeFile(join(folder, "ours.tar"), archive());
  await run("tar", ["-xf", "ours.tar"], { cwd: folder });
  for (const [name, text] of files) expect(await readFile(join(folder, name), "utf8")).toBe(text);
  const names = files.map(([name]) => name);
  await run("tar", ["--format=ustar", "-cf", "theirs.tar", ...names], { cwd: folder });
  const entries = await entriesOf(await readFile(join(folder, "theirs.tar")));
  expect(entries.map(({ name, bytes }) => [name, bytes])).toEqual(files.map(([name, text]) => [name, text.length]));
});

test.skipIf(!hasTar)("tells sizes beyond 8 GiB as tar does", async () => {
  const bytes = 2 ** 33 + 7;
  await writeFile(join(folder, "large.tar"), Buffer.concat([tarHeader("large", bytes), tarEnd]));
  const { stdout } = await run("tar", ["-tvf", "large.tar"], { cwd: folder }).catch((error) => error);
  expect(stdout).toContain(` ${bytes} `);
});

test("refuses what is no archive, is cut off, was changed, or holds links", async () => {
  const content = archive();
  const changed = Buffer.from(content);
  changed[3] = 65;
  const link = tarHeader("link", 0);
  link.write("2", 156);
  link.write("0000000\0 ", 148);
  const cases = [Buffer.from("text"), content.subarray(0, 900), content.subarray(0, -1024), changed, link];
  for (const each of cases) await expect(entriesOf(each)).rejects.toMatchObject({ code: "model-damaged" });
});

test("refuses a path that no header holds", () => {
  expect(() => tarHeader("x".repeat(101), 1)).toThrow(/too long/);
});
