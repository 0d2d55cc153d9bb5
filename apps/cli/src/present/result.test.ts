import { expect, test } from "vitest";
import { resultLine, resultLines } from "./result.js";
import { styleFor } from "./style.js";

const usage = { tokens: 1, windows: 1, truncated: false };
const style = styleFor({ write: () => true, once: () => {} });

test("probabilities are bars, best first; labels beyond three are counted", () => {
  const scores = [0.5, 0.25, 0.15, 0.1].map((score, i) => ({ label: `label${i}`, score }));
  const result = { label: "label0", score: 0.5, scores, model: "m", usage };
  expect(resultLines("t", result, style, 80)).toEqual([
    "label0  ██████████░░░░░░░░░░  50.0 %",
    "label1  █████░░░░░░░░░░░░░░░  25.0 %",
    "label2  ███░░░░░░░░░░░░░░░░░  15.0 %",
    "and 1 more label",
  ]);
});

test("an answer to nothing says that nothing was read, in one line as in several", () => {
  const scores = [{ label: "a", score: 1 }];
  const result = { label: "a", score: 1, scores, model: "m", usage: { ...usage, tokens: 0 } };
  expect(resultLine(" ", result, style, 80)).toBe("a  100.0 %  (nothing was read)");
  expect(resultLines(" ", result, style, 80).at(-1)).toContain("nothing was read");
});

test("margins are numbers, never shown as if they were probabilities", () => {
  const scores = [
    { label: "a", score: 1.5 },
    { label: "b", score: -1.5 },
  ];
  const result = { label: "a", score: 1.5, scores, model: "m", usage };
  expect(resultLines("t", result, style, 80)).toEqual(["a  margin 1.500", "b  margin -1.500"]);
});

test("entities are bracketed in a short text and listed of a long one", () => {
  const text = "Ada lives in Turin.";
  const entities = [
    { label: "PER", text: "Ada", start: 0, end: 3, score: 1 },
    { label: "LOC", text: "Turin", start: 13, end: 18, score: 1 },
  ];
  const result = { entities, model: "m", usage };
  expect(resultLines(text, result, style, 80)).toEqual(["[Ada PER] lives in [Turin LOC]."]);
  expect(resultLine(text, result, style, 80)).toBe("[Ada PER] lives in [Turin LOC].");
  expect(resultLines(text.padEnd(1000), result, style, 80)).toEqual(["PER  Ada at 0", "LOC  Turin at 13"]);
  expect(resultLines("", { entities: [], model: "m", usage }, style, 80)).toEqual(["no entities"]);
});

test("what was written is wrapped, and says where it was cut", () => {
  const result = { text: "one two three", finishReason: "length", tokens: 3, model: "m", usage } as const;
  expect(resultLines("t", result, style, 8)).toEqual(["one two", "three", "stopped after 3 tokens"]);
  expect(resultLines("t", { ...result, text: "", finishReason: "empty" }, style, 8)).toEqual(["nothing written"]);
});
