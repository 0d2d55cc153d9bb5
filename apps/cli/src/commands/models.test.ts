import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listModels } from "bifocal";
import { expect, test, vi } from "vitest";
import { fileOf, jsonLines, reviewModelFile, reviews } from "../../testing/files.js";
import { cli } from "../../testing/session.js";

test("lists every model that is at hand", async () => {
  vi.stubEnv("HF_HUB_CACHE", join(tmpdir(), "bifocal-no-such-cache"));
  const { code, stdout } = await cli(["models", "list", "--json"]);
  expect(code).toBe(0);
  const ids = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).card.id);
  expect(ids).toEqual(listModels().map(({ card }) => card.id));
  const table = (await cli(["models", "list"])).stdout;
  for (const id of ids) expect(table).toContain(` ${id} `);
});

test("shows the card of a model file", async () => {
  const path = await reviewModelFile("card.bifocal");
  const { stdout } = await cli(["models", "info", path, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ id: "reviews", paradigm: "generative", trainedOn: ["made up"] });
  expect((await cli(["models", "info", path])).stdout).toMatch(/^id +reviews\ntask +text-classification\n/);
});

test("shows the labels of a model, whether or not it can explain itself", async () => {
  const data = fileOf("labels.jsonl", jsonLines(reviews));
  const output = `${data}.bifocal`;
  await cli(["train", "bayesian-network", "--data", data, "--output", output]);
  expect((await cli(["models", "info", output])).stdout).toMatch(/\nlabels {7}negative, positive\n/);
  expect(JSON.parse((await cli(["models", "info", output, "--json"])).stdout).labels).toEqual(["negative", "positive"]);
});

test("shows what an embedded model was measured at", async () => {
  const measured = listModels().find(({ card }) => "measured" in card);
  const { stdout } = await cli(["models", "info", measured?.card.id ?? ""]);
  expect(stdout).toMatch(/\nmeasured\n {2}- \S+.* \d[\d.]* .*on .+ \(\d+ items\)\n/);
  expect(stdout).not.toContain("[object");
});

test("lists the features that a classifier listens to", async () => {
  const id = "naive-bayes-sentiment-en";
  const { strongestFeatures } = JSON.parse((await cli(["models", "info", id, "--json"])).stdout);
  expect(strongestFeatures.map(({ label }: { label: string }) => label)).toContain("negative");
  expect(strongestFeatures[0].for).toHaveLength(8);
  expect((await cli(["models", "info", id])).stdout).toMatch(/\n {2}positive\n {4}for {6}\S+ \+\d/);
  expect((await cli(["models", "info", "wink-sentiment-en"])).stdout).not.toContain("strongest features");
});

test("tells the labels of a model", async () => {
  const path = await reviewModelFile("labels.bifocal");
  expect((await cli(["models", "info", path])).stdout).toMatch(/\nlabels +\w+, \w+\n/);
  expect(JSON.parse((await cli(["models", "info", "crf-entities-en-ewt", "--json"])).stdout).labels).toContain("PER");
});

test("lists the transitions that a chain likes", async () => {
  const { stdout } = await cli(["models", "info", "crf-entities-en-ewt"]);
  expect(stdout).toMatch(/\nstrongest transitions\n {4}for {6}\S+ → \S+ \+\d/);
  const { strongestTransitions } = JSON.parse((await cli(["models", "info", "crf-entities-en-ewt", "--json"])).stdout);
  expect(strongestTransitions.for).toHaveLength(8);
});

test("writes a classifier as an ONNX model, and refuses what has no such form", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bifocal-"));
  const output = join(folder, "model.onnx");
  const { code, stdout } = await cli(["models", "export", "naive-bayes-review-en", "--output", output]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/model\.onnx, \d+ KiB\n$/)]);
  expect(readFileSync(output).includes("StringSplit")).toBe(true);
  expect((await cli(["models", "export", "crf-entities-en-ewt", "--output", output])).code).toBe(0);
  expect(readFileSync(output).includes("emissions")).toBe(true);
  for (const id of ["wink-sentiment-en", "ngram-verse-en"])
    expect((await cli(["models", "export", id, "--output", output])).code).not.toBe(0);
  rmSync(folder, { recursive: true });
});

test("neither an export nor a smaller model is written over the model itself", async () => {
  const path = await reviewModelFile("same.bifocal");
  const before = readFileSync(path);
  for (const args of [["export"], ["prune", "--size", "1MB"]]) {
    const { code, stderr } = await cli(["models", ...args, path, "--output", path]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("is the input itself")]);
    expect(readFileSync(path).equals(before)).toBe(true);
  }
});

test("makes a classifier fit a size, and says what went", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bifocal-"));
  const output = join(folder, "small.bifocal");
  const prune = (size: string, ...more: string[]) =>
    cli(["models", "prune", "logistic-regression-review-en", "--size", size, "--output", output, ...more]);
  const kept = async (...args: Parameters<typeof prune>) =>
    Number(/(\d+) terms kept/.exec((await prune(...args)).stdout)?.[1]);
  const [floats, bytes] = [await kept("120kB"), await kept("120kB", "--int8")];
  expect(bytes).toBeGreaterThan(floats);
  expect(statSync(output).size).toBeLessThanOrEqual(120_000);
  expect((await cli(["explain", "A great film", "--model", output])).stdout).toMatch(/^positive .*\n.*great\[\+/);
  const texts = fileOf("prune-texts.txt", "a great film\nthe worst plot\n");
  const dropped = async (...more: string[]) => (await prune("120kB", ...more)).stdout.split("first of them")[1];
  expect(await dropped("--texts", texts)).not.toBe(await dropped());
  const over = ["models", "prune", "naive-bayes-review-en", "--size", "1MB", "--texts", texts, "--output", texts];
  expect((await cli(over)).stderr).toContain("is the input itself");
  const counts = await cli(["models", "prune", "naive-bayes-review-en", "--size", "1MB", "--int8", "--output", output]);
  expect([counts.code, counts.stderr]).toEqual([1, expect.stringContaining("Leave out --int8")]);
  expect(await prune("some")).toMatchObject({ code: 2, stderr: expect.stringContaining("500kB, 2MB") });
  expect((await prune("1kB")).stderr).toMatch(/cannot be smaller than \d+ bytes/);
  rmSync(folder, { recursive: true });
});
