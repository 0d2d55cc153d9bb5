import { expect, test } from "vitest";
import { BifocalError } from "./errors.js";
import { contractOf, parseTask, taskAliases, tasks } from "./tasks.js";

test("every task goes by its own name, and has a contract", () => {
  for (const task of tasks) expect(parseTask(task)).toBe(task);
  expect(Object.keys(contractOf).sort()).toEqual([...tasks].sort());
});

test("an alias leads to its task", () => {
  expect(parseTask("token-classification")).toBe("ner");
  for (const [alias, task] of Object.entries(taskAliases)) expect(parseTask(alias)).toBe(task);
});

test.each([
  ["sentiment", '"sentiment-analysis"'],
  ["summarisation", '"summarization"'],
  ["NER", '"ner"'],
  ["xyzzy-quux-plugh", "text-classification, sentiment-analysis, ner"],
])("the unknown task %s is answered with %s", (name, hint) => {
  expect(() => parseTask(name)).toThrow(expect.objectContaining({ code: "unknown-task" }));
  expect(() => parseTask(name)).toThrow(hint);
});

test.each(["__proto__", "constructor", "toString", ""])("%j is no task, though objects have it", (name) => {
  expect(() => parseTask(name)).toThrow(BifocalError);
});
