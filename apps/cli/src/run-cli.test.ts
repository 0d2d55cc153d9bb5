import { expect, test } from "vitest";
import { fileOf, jsonLines, pathOf, reviewModelFile, reviews } from "../testing/files.js";
import { cli } from "../testing/session.js";

const commands = ["analyze", "run", "train", "evaluate", "compare", "models list", "models info", "serve"];

test.each(commands)("%s explains itself with examples", async (command) => {
  const { code, stdout, stderr } = await cli([...command.split(" "), "--help"]);
  expect(code).toBe(0);
  expect(stdout).toContain(`Examples:\n  $ `);
  expect(stdout).toContain(`bifocal ${command}`);
  expect(stderr).toBe("");
});

test("without a command it shows the help, as wrong usage", async () => {
  const { code, stdout, stderr } = await cli([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("Commands:");
});

test("says its version", async () => {
  expect(await cli(["--version"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

const model = await reviewModelFile("usage.bifocal");
const data = fileOf("usage.jsonl", jsonLines(reviews));

test.each([
  ["an unknown command", ["analyse"], "analyze"],
  ["an unknown option", ["analyze", "--jsn", "a"], "--json"],
  ["an unknown task", ["run", "summarisation", "a"], '"summarization"'],
  ["an unknown learner", ["train", "naive-bays", "--data", data, "--output", pathOf("x")], '"naive-bayes"'],
  [
    "an unknown setting",
    ["train", "naive-bayes", "--data", data, "--output", pathOf("x"), "--set", "smoothin=1"],
    '"smoothing"',
  ],
  ["an unknown option of a call", ["run", "text-generation", "a", "--set", "temprature=1"], '"temperature"'],
  ["an unknown format", ["run", "ner", "--input", "-", "--format", "jsnl"], '"jsonl"'],
  ["an unknown field of an experiment", ["compare", fileOf("e.yaml", "modles: [a, b]\n")], '"models"'],
])("%s is told with the nearest names", async (_, args, nearest) => {
  const { code, stderr } = await cli(args);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^bifocal: [^\n]*[Dd]id you mean[^\n]*\n$/);
  expect(stderr).toContain(nearest);
});

test.each([
  ["an unknown model", ["run", "sentiment-analysis", "a", "--model", "no-such-model"], "no-such-model"],
  ["an unknown model to evaluate", ["evaluate", "--model", "no-such-model", "--data", data], "no-such-model"],
  ["a model of another task", ["run", "ner", "a", "--model", model], "reviews"],
  [
    "a model file that is not there",
    ["evaluate", "--model", pathOf("absent.bifocal"), "--data", data],
    "absent.bifocal",
  ],
  [
    "an input that is not there",
    ["run", "text-classification", "--model", model, "--input", pathOf("absent.txt")],
    "absent.txt",
  ],
  ["no text at all", ["run", "sentiment-analysis"], "--input"],
  ["a text and an input", ["analyze", "a", "--input", data], "one text"],
  ["records where one text is asked for", ["analyze", "--input", data], "bifocal run"],
  ["a value out of range", ["run", "text-generation", "a", "--set", "topP=2"], "topP must be a number above 0, to 1"],
  ["a value of another type", ["run", "text-generation", "a", "--set", "seed=many"], "seed must be a whole number"],
  ["a setting without a value", ["run", "text-generation", "a", "--set", "seed"], "name=value"],
  ["a missing option", ["evaluate", "--model", model], "--data"],
  ["a port that is none", ["serve", "--port", "abc"], "port must be"],
])("%s is refused in one line", async (_, args, part) => {
  const { code, stderr, stdout } = await cli(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^bifocal: [^\n]+\n$/);
  expect(stderr).toContain(part);
});

test("an error names no line of code unless BIFOCAL_DEBUG asks for it", async () => {
  const args = ["run", "no-such-task", "a"];
  expect((await cli(args)).stderr).not.toContain("    at ");
  process.env.BIFOCAL_DEBUG = "1";
  try {
    expect((await cli(args)).stderr).toContain("    at ");
  } finally {
    delete process.env.BIFOCAL_DEBUG;
  }
});
