import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { lensesOf, tasks } from "bifocal";
import { expect, test } from "vitest";
import { fileOf } from "../../testing/files.js";
import { cli } from "../../testing/session.js";
import { analyzeText } from "../analyze-text.js";

const sentence = "Ada Lovelace met Charles Babbage in London on 5 June 1833.";

function findingsOf(stdout: string) {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("with --json there is a line for each task and model, and the reason where a lens has none", async () => {
  const { code, stdout } = await cli(["analyze", sentence, "--json"]);
  expect(code).toBe(0);
  const expected = tasks.flatMap((task) =>
    lensesOf(task).flatMap(({ paradigm, models }) =>
      (models.length === 0 ? [null] : models).map((model) => ({ task, paradigm, model })),
    ),
  );
  const findings = findingsOf(stdout);
  expect(findings).toMatchObject(expected);
  for (const { model, result, error } of findings) {
    if (model === null) expect(error).toMatchObject({ code: "no-model", message: expect.stringMatching(/\w/) });
    else expect(result).toMatchObject({ model });
  }
});

test("for a person it shows every task with its three lenses", async () => {
  const { code, stdout } = await cli(["analyze", sentence]);
  expect(code).toBe(0);
  expect(stdout.startsWith(`${sentence}\n`)).toBe(true);
  for (const task of tasks) expect(stdout).toContain(`\n${task}\n  discriminative`);
  expect(stdout).not.toContain("\u001b");
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});

test("uses colours on a terminal, unless NO_COLOR is set", async () => {
  const { NO_COLOR } = process.env;
  try {
    delete process.env.NO_COLOR;
    expect((await cli(["analyze", "a"], { isTTY: true })).stdout).toContain("\u001b[");
    process.env.NO_COLOR = "1";
    expect((await cli(["analyze", "a"], { isTTY: true })).stdout).not.toContain("\u001b[");
  } finally {
    if (NO_COLOR === undefined) delete process.env.NO_COLOR;
    else process.env.NO_COLOR = NO_COLOR;
  }
});

test("a language that no model reads is told, model by model", async () => {
  const { code, stdout } = await cli(["analyze", "Egun on", "--language", "eu", "--json"]);
  expect(code).toBe(0);
  for (const { paradigm, task, model } of findingsOf(stdout))
    expect(lensesOf(task, "eu").find((lens) => lens.paradigm === paradigm)?.models ?? []).toEqual(
      model === null ? [] : expect.arrayContaining([model]),
    );
});

test("a file is one text, whatever its lines", async () => {
  const path = fileOf("letter.txt", "Dear Ada,\n\nI met Charles in London.\n");
  expect((await cli(["analyze", "--input", path])).stdout).toMatch(/^Dear Ada, I met Charles in London\.\n/);
});

test.each([
  ["nothing", ""],
  ["NUL", "a\0b"],
  ["half a character", "a\ud83d"],
])("answers %s", async (_, text) => {
  expect(await cli(["analyze", text, "--json"])).toMatchObject({ code: 0, stderr: "" });
});

test("an interruption exits with 130", async () => {
  expect(await cli(["analyze", "a"], { signal: AbortSignal.abort() })).toMatchObject({ code: 130 });
});

/** The processes that this one started. */
const children = (): string[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean);

test.skipIf(process.platform !== "linux")("whoever looks at no more findings leaves no model open", async () => {
  const before = children();
  let opened: string[] = [];
  for await (const { task } of analyzeText(sentence, "en", new AbortController().signal)) {
    if (task === "text-classification") continue;
    // The next task's networks start before it is their turn.
    while (opened.length <= before.length) {
      await setTimeout(20);
      opened = children();
    }
    break;
  }
  expect(children()).toEqual(before);
});
