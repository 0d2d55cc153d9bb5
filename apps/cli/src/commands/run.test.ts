import { readFileSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { fileOf, jsonLines, pathOf, reviewModelFile } from "../../testing/files.js";
import { cli } from "../../testing/session.js";

const model = await reviewModelFile("run.bifocal");
const run = (...args: string[]) => cli(["run", "text-classification", "--model", model, ...args]);

test("answers each text in order, a JSON object a line", async () => {
  const { code, stdout } = await run("warm and funny", "dull and cold", "--json");
  expect(code).toBe(0);
  const results = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(results.map(({ label }) => label)).toEqual(["positive", "negative"]);
  expect(Object.keys(results[0])).toEqual(["label", "score", "scores", "model", "usage"]);
});

test("answers for a person with the label, its probability and the text", async () => {
  expect((await run("warm and funny")).stdout).toMatch(/^positive +\d+\.\d % {2}warm and funny\n$/);
});

test("keeps the order of a file longer than a batch, and says which line each is from", async () => {
  const texts = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? "warm" : "dull"));
  const { stdout } = await run("--input", fileOf("many.txt", texts.join("\n\n")), "--json");
  const results = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(results.map(({ line }) => line)).toEqual(texts.map((_, i) => 2 * i + 1));
  expect(results.map(({ label }) => label)).toEqual(texts.map((text) => (text === "warm" ? "positive" : "negative")));
});

test("classifies by labels of one's own", async () => {
  const folder = fileURLToPath(new URL("../../../../tests/fixtures/entailment/bert", import.meta.url));
  const zeroShot = (...args: string[]) => cli(["run", "zero-shot-classification", "--model", folder, ...args]);
  const labels = ["--set", "labels=sports", "--set", "labels=politics"];
  const { code, stdout } = await zeroShot("the team won again : a new game", "--json", ...labels);
  expect(code).toBe(0);
  const { label, scores } = JSON.parse(stdout);
  expect(label).toBe("politics");
  expect(scores).toHaveLength(2);
  const several = await zeroShot("cat", "--json", ...labels, "--set", "multiLabel=true");
  expect(JSON.parse(several.stdout).scores.map(({ score }: { score: number }) => score > 0.5)).toEqual([true, true]);
  expect(await zeroShot("cat")).toMatchObject({ code: 2, stderr: expect.stringMatching(/labels of yours/) });
});

test("writes a table with its own columns beside those of the input", async () => {
  const input = fileOf("in.csv", 'id,review,model\n1,"warm, ""funny""",x\n2,dull,y\n');
  const { code, stdout, stderr } = await run("--input", input, "--field", "review", "--output", pathOf("out.csv"));
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toContain("2 texts written");
  const [header, first] = readFileSync(pathOf("out.csv"), "utf8").split("\n");
  expect(header).toBe("id,review,model,predicted_label,predicted_score,bifocal_model");
  expect(first).toMatch(/^1,"warm, ""funny""",x,positive,0\.\d+,reviews$/);
});

test("writes whole results into JSON Lines", async () => {
  await run("--input", fileOf("in.jsonl", '{"text":"warm","n":1}\n'), "--output", pathOf("out.jsonl"));
  expect(JSON.parse(readFileSync(pathOf("out.jsonl"), "utf8"))).toMatchObject({
    text: "warm",
    n: 1,
    result: { label: "positive" },
  });
});

test("answers awkward texts: nothing, white space, an emoji, half a character, NUL, a megabyte in one line", async () => {
  const texts = ["", " \n\t ", "🙂", "half \ud83d of a pair", "nul \0", "word ".repeat(200_000)];
  const input = fileOf("awkward.jsonl", jsonLines(texts.map((text) => ({ text }))));
  const { code, stdout, stderr } = await run("--input", input, "--json");
  expect({ code, stderr, lines: stdout.trimEnd().split("\n").length }).toEqual({
    code: 0,
    stderr: "",
    lines: texts.length,
  });
});

test("lets no text steer the terminal", async () => {
  expect((await run("\u001b[31mwarm\u0007")).stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});

test.each([
  ["a line that is not JSON", "bad.jsonl", '{"text":"warm"}\n{"text":\n{"text":"dull"}\n', "line 2: it is not JSON"],
  ["bytes that are not UTF-8", "latin1.txt", Buffer.from("warm\nz\xfcrich\ndull\n", "latin1"), "line 2: byte 2"],
])("stops at %s, after what came before it; with --skip-errors goes on and counts", async (_, name, content, part) => {
  const input = fileOf(name, content);
  const stopped = await run("--input", input);
  expect(stopped).toMatchObject({ code: 2, stderr: expect.stringContaining(part) });
  expect(stopped.stdout).toMatch(/^positive/);
  const skipped = await run("--input", input, "--skip-errors");
  expect(skipped.code).toBe(0);
  expect(skipped.stderr).toContain(part);
  expect(skipped.stderr).toContain("1 bad record was left out");
  expect(skipped.stdout.trimEnd().split("\n")).toHaveLength(2);
});

test("a quote that never closes is refused even with --skip-errors, after what came before it", async () => {
  const input = fileOf("open.csv", 'text,n\nwarm,1\n"dull,2\nwarm,3\n');
  const { code, stdout, stderr } = await run("--input", input, "--skip-errors");
  expect(code).toBe(2);
  expect(stdout).toMatch(/^positive/);
  expect(stderr).toContain("line 3: a quote opens here");
});

test("a missing column is refused even with --skip-errors", async () => {
  const input = fileOf("columns.csv", "body,n\nwarm,1\n");
  const { code, stderr } = await run("--input", input, "--skip-errors");
  expect(code).toBe(2);
  expect(stderr).toContain('has no column "text". There are: body, n.');
});

test("an output that cannot be written is refused before anything is answered", async () => {
  const { code, stderr, stdout } = await run("warm", "--output", pathOf("absent/out.csv"));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("Cannot write");
});

test("the input is never overwritten, by whatever name", async () => {
  const input = fileOf("same.csv", "text\nwarm\n");
  symlinkSync(input, pathOf("alias.csv"));
  const { code } = await run("--input", input, "--output", pathOf("alias.csv"));
  expect(code).toBe(2);
  expect(readFileSync(input, "utf8")).toBe("text\nwarm\n");
});

test("an interruption leaves whole lines and exits with 130", async () => {
  const interruption = new AbortController();
  const input = fileOf("endless.jsonl", jsonLines(Array.from({ length: 5000 }, () => ({ text: "warm and funny" }))));
  setTimeout(() => interruption.abort(), 50);
  const args = ["run", "text-classification", "--model", model, "--input", input, "--output", pathOf("part.csv")];
  const { code, stderr } = await cli(args, { signal: interruption.signal });
  expect(code).toBe(130);
  expect(stderr).toContain("interrupted");
  const lines = readFileSync(pathOf("part.csv"), "utf8").split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.length).toBeLessThan(5001);
  for (const line of lines.slice(1)) expect(line).toMatch(/^warm and funny,positive,0\.\d+,reviews$/);
});

test.each([
  ["cut short", (file: Buffer) => file.subarray(0, -9), "not a whole Bifocal model"],
  [
    "of a newer version",
    (file: Buffer) => Buffer.concat([file.subarray(0, 8), Buffer.from([99]), file.subarray(9)]),
    "Update Bifocal",
  ],
  ["a carrier of __proto__", withUnsafeKey, "__proto__"],
  ["no model at all", () => Buffer.from("{}"), "not a whole Bifocal model"],
])("a model file that is %s is refused", async (kind, change, part) => {
  const path = fileOf(`${kind.replaceAll(" ", "-")}.bifocal`, change(readFileSync(model)));
  const { code, stderr } = await cli(["run", "text-classification", "warm", "--model", path]);
  expect(code).toBe(2);
  expect(stderr).toContain(part);
});

/** A model file whose header has the key, and whose checksum fits. */
function withUnsafeKey(file: Buffer): Buffer {
  const changed = Buffer.from(file.toString("latin1").replace('"smoothing"', '"__proto__"'), "latin1");
  changed.writeUInt32LE(crc32(changed.subarray(24)), 16);
  return changed;
}

test("the help names what chooses the default model, and every variant", async () => {
  const { stdout } = await cli(["run", "--help"]);
  expect(stdout).toContain("of text-classification: topic, review, spam");
  expect(stdout).toContain("of text-generation: prose, verse, typescript");
  expect(stdout).toContain("discriminative, generative, rule-based");
});

test("a lens beside a named model is refused", async () => {
  const args = ["run", "sentiment-analysis", "a", "--model", "wink-sentiment-en", "--set", "paradigm=generative"];
  const { code, stderr } = await cli(args);
  expect(code).toBe(2);
  expect(stderr).toContain('"paradigm" chooses where no model is named');
});

test("an example that goes on in another line is one command", async () => {
  const { stdout } = await cli(["compare", "--help"]);
  expect(stdout).toMatch(/ \\\n {6}--train/);
});
