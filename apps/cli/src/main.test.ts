import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { fileOf, jsonLines, pathOf, reviewModelFile, reviews } from "../testing/files.js";
import { bifocal, isBuilt, start } from "../testing/process.js";

const onBuilt = test.skipIf(!isBuilt);
const model = await reviewModelFile("main.bifocal");
const data = fileOf("main.jsonl", jsonLines(reviews));
const run = ["run", "text-classification", "--model", model];
const many = fileOf("long.jsonl", jsonLines(Array.from({ length: 30_000 }, () => ({ text: "warm and funny" }))));

onBuilt("reads stdin, and writes results to stdout and nothing else", async () => {
  const outcome = await bifocal([...run, "--input", "-", "--json"], "warm\n\ndull\n");
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(
    outcome.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).label),
  ).toEqual(["positive", "negative"]);
});

onBuilt("stdin has the format that it is given", async () => {
  const { stdout } = await bifocal([...run, "--input", "-", "--format", "csv"], "text\nwarm\n");
  expect(stdout).toMatch(/^positive/);
});

onBuilt("exits with 2 and one line for bad input", async () => {
  expect(await bifocal(["run", "nothing", "a"])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/^bifocal: There is no task [^\n]+\n$/),
  });
});

onBuilt("ends quietly when nobody reads on", async () => {
  const { child, outcome } = start([...run, "--input", many, "--json"]);
  child.stdout?.once("data", () => child.stdout?.destroy());
  expect(await outcome).toMatchObject({ code: 0, signal: null, stderr: "" });
});

onBuilt("SIGINT in the middle leaves whole lines and exits with 130", async () => {
  const { child, outcome } = start([...run, "--input", many, "--output", pathOf("part.jsonl")]);
  while (!existsSync(pathOf("part.jsonl")) || readFileSync(pathOf("part.jsonl")).length === 0) await setTimeout(5);
  child.kill("SIGINT");
  expect(await outcome).toMatchObject({ code: 130, stderr: "bifocal: interrupted.\n" });
  const lines = readFileSync(pathOf("part.jsonl"), "utf8").split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.length).toBeLessThan(30_000);
  for (const line of lines) expect(JSON.parse(line).result.label).toBe("positive");
});

onBuilt("SIGINT while stdin is awaited exits with 130", async () => {
  const { child, outcome } = start([...run, "--input", "-"]);
  child.stdin?.write("warm\n".repeat(100));
  await once(child.stdout ?? child, "data");
  child.kill("SIGINT");
  expect(await outcome).toMatchObject({ code: 130 });
});

onBuilt("trains a model that evaluate and run then use", async () => {
  const output = pathOf("trained.bifocal");
  const trained = await bifocal(["train", "naive-bayes", "--data", data, "--output", output, "--dev", data, "--json"]);
  expect(trained).toMatchObject({ code: 0, stderr: "Training naive-bayes on 4 items.\n" });
  const summary = JSON.parse(trained.stdout);
  expect(summary).toMatchObject({
    learner: "naive-bayes",
    model: "trained",
    items: 4,
    labels: ["negative", "positive"],
    output,
  });
  expect(summary).toMatchObject({ bytes: readFileSync(output).length, dev: { accuracy: 1, seen: 4 } });
  const { stdout } = await bifocal(["evaluate", "--model", output, "--data", data, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ accuracy: 1, items: 4 });
});

onBuilt("refuses to train where the model could not be written, or is for another task", async () => {
  const train = ["train", "naive-bayes", "--data", data, "--output"];
  expect(await bifocal([...train, pathOf("absent/m.bifocal")])).toMatchObject({ code: 2 });
  for (const folder of [dirname(data), pathOf("absent/")])
    expect(await bifocal([...train, folder])).toMatchObject({ code: 2, stderr: expect.stringContaining("folder") });
  expect(await bifocal([...train, pathOf("w.bifocal"), "--task", "ner"])).toMatchObject({ code: 2 });
  expect(await bifocal([...train, pathOf("w.bifocal"), "--set", "smoothing=-1"])).toMatchObject({ code: 2 });
  expect(readdirSync(dirname(data)).filter((name) => /w\.bifocal|tmp/.test(name))).toEqual([]);
});

onBuilt("SIGINT before anything is learned leaves no file and exits with 130, and so does a second one", async () => {
  const words = (i: number) => Array.from({ length: 40 }, (_, j) => `w${(i * 7919 + j * 104729) % 20_011}`).join(" ");
  const large = Array.from({ length: 20_000 }, (_, i) => ({ text: words(i), label: i % 2 ? "a" : "b" }));
  const output = pathOf("interrupted.bifocal");
  const args = ["train", "logistic-regression", "--data", fileOf("large.jsonl", jsonLines(large)), "--output", output];
  const { child, outcome } = start(args);
  await once(child.stderr ?? child, "data");
  child.kill("SIGINT");
  await once(child.stderr ?? child, "data");
  child.kill("SIGINT");
  expect(await outcome).toMatchObject({ code: 130, stdout: "" });
  expect(existsSync(output)).toBe(false);
});

onBuilt("compares learners and models on the same items, and reports it", async () => {
  const output = pathOf("report");
  const experiment = fileOf(
    "experiment.yaml",
    "task: text-classification\nmodels: [naive-bayes, logistic-regression]\ntrain: main.jsonl\ntest: main.jsonl\nsizes: [2, 4]\noutput: report\n",
  );
  const { code, stdout } = await bifocal(["compare", experiment]);
  expect(code).toBe(0);
  for (const part of ["naive-bayes", "logistic-regression", "McNemar", "Learning curve"])
    expect(stdout).toContain(part);
  const report = JSON.parse(readFileSync(`${output}/report.json`, "utf8"));
  expect(report.comparison).toMatchObject({ items: 4, models: [{ name: "naive-bayes", seen: 4 }, {}] });
  expect(report.comparison.pairs).toHaveLength(1);
  expect(report.comparison.models[0].correct.interval).toMatchObject({ high: expect.any(Number) });
  expect(report.curve.points).toHaveLength(4);
  expect(readFileSync(`${output}/report.md`, "utf8")).toContain("| naive-bayes |");
  const disagreements = readFileSync(`${output}/disagreements.jsonl`, "utf8").split("\n").filter(Boolean);
  expect(disagreements).toHaveLength(report.comparison.disagreements);
});

onBuilt("a command loads neither the server nor the harness, nor the ONNX runtime but for a network", async () => {
  const serving = /\/(express|zod|vega|yaml)\/|packages\/evaluation\//;
  const onnx = /\/(onnxruntime-\w+|transformers)\/|\/engines\/worker\.js$/;
  const toAnalyze = await loadedBy("analyze", "Ada lives in Turin.");
  expect(toAnalyze.filter((url) => serving.test(url))).toEqual([]);
  const toDecide = await loadedBy("run", "sentiment-analysis", "A lovely film.");
  expect(toDecide.filter((url) => serving.test(url) || onnx.test(url))).toEqual([]);
  const toTranslate = await loadedBy("run", "translation", "Good morning.");
  expect(toTranslate.some((url) => onnx.test(url))).toBe(true);
});

/**
 * The addresses of the modules that a command has loaded, in all its threads, and the scripts of the processes that it
 * has started: a network's is killed in the end, and tells of no modules.
 */
async function loadedBy(...args: readonly string[]): Promise<string[]> {
  const folder = pathOf(`loaded-${args[0]}`);
  const scripts = pathOf(`scripts-${args[0]}`);
  const note = fileOf(
    "note.cjs",
    `require("node:fs").appendFileSync(${JSON.stringify(scripts)}, process.argv[1] + "\\n");`,
  );
  const { outcome } = start(args, { NODE_V8_COVERAGE: folder, NODE_OPTIONS: `--require ${JSON.stringify(note)}` });
  expect(await outcome).toMatchObject({ code: 0, stderr: "" });
  const loaded = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });
  expect(loaded.some((url) => url.endsWith(`/commands/${args[0]}.js`))).toBe(true);
  return [...loaded, ...readFileSync(scripts, "utf8").trim().split("\n")];
}
