import { expect, test } from "vitest";
import { fileOf, pathOf } from "../testing/files.js";
import { parseExperiment, readExperiment } from "./experiment.js";

const fields = { task: "ner", models: "a, b", test: "t.conll", output: "out" };

test("flags and files say the same", async () => {
  const file = fileOf(
    "same.yaml",
    "task: ner\nmodels: [a, b]\ntest: t.conll\noutput: out\nsizes: 10\ntrain: x.conll\n",
  );
  expect(parseExperiment(await readExperiment(file))).toEqual({
    ...parseExperiment({ ...fields, sizes: "10", train: "x.conll" }),
    test: pathOf("t.conll"),
    train: pathOf("x.conll"),
    output: pathOf("out"),
  });
});

test("how models write is said by flags or by a mapping", async () => {
  const file = fileOf("options.yaml", "task: translation\noptions: { sourceLanguage: fr, stopStrings: [a, b] }\n");
  const given = { models: "a, b", test: "t.tsv" };
  const wanted = { sourceLanguage: "fr", stopStrings: ["a", "b"] };
  expect(parseExperiment({ ...(await readExperiment(file)), ...given }).options).toEqual(wanted);
  const flags = ["sourceLanguage=fr", "stopStrings=a", "stopStrings=b"];
  expect(parseExperiment({ ...given, task: "translation", options: flags }).options).toEqual(wanted);
  expect(parseExperiment(fields).options).toEqual({});
});

test.each([
  [{ ...fields, models: "a" }, "at least two models"],
  [{ ...fields, task: undefined }, "has no task"],
  [{ ...fields, test: "-" }, "must be a file"],
  [{ ...fields, sizes: "10,x", train: "t" }, "whole numbers"],
  [{ ...fields, sizes: "10" }, "give train too"],
  [{ ...fields, options: { sentences: 1 } }, 'A comparison for ner has no option "sentences"'],
  [{ ...fields, task: "summarization", options: { sentences: 0 } }, "sentences must be a whole number"],
  [{ ...fields, task: "nerr" }, 'There is no task "nerr"'],
])("refuses what is missing or malformed (%#)", (given, part) => {
  expect(() => parseExperiment(given)).toThrow(part);
});

test("a file that is not YAML, or no mapping, is refused", async () => {
  await expect(readExperiment(fileOf("bad.yaml", "a: [b"))).rejects.toMatchObject({ code: "invalid-input" });
  await expect(readExperiment(fileOf("list.yaml", "- a"))).rejects.toThrow("no experiment");
});
