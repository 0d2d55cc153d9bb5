import { expect, test } from "vitest";
import { labelsOf, sparseDataset } from "./sparse-dataset.js";

const labelled = (...labels: string[]) => labels.map((label) => ({ label }));

test("rows lie one after the other, labels in order of code units", () => {
  const rows = [
    { indices: Uint32Array.of(0, 2), values: Float32Array.of(1, 0.5) },
    { indices: new Uint32Array(), values: new Float32Array() },
    { indices: Uint32Array.of(1), values: Float32Array.of(2) },
  ];
  expect(sparseDataset(rows, 3, labelled("spam", "ham", "spam"))).toEqual({
    rows: 3,
    columns: 3,
    offsets: Uint32Array.of(0, 2, 2, 3),
    indices: Uint32Array.of(0, 2, 1),
    values: Float32Array.of(1, 0.5, 2),
    targets: Uint32Array.of(1, 0, 1),
    labels: ["ham", "spam"],
  });
});

test("labels are told apart whatever their names", () => {
  expect(labelsOf(labelled("b", "__proto__", "B", "b"))).toEqual(["B", "__proto__", "b"]);
});

test.each([
  ["none", []],
  ['only "spam"', labelled("spam", "spam")],
])("with %s there is nothing to tell apart", (found, items) => {
  expect(() => labelsOf(items)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  expect(() => labelsOf(items)).toThrow(`at least two labels; there is ${found}.`);
});
