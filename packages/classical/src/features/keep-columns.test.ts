import { expect, test } from "vitest";
import { keepColumns } from "./keep-columns.js";
import { learnRows } from "./learn-rows.js";
import { rowReader } from "./row-reader.js";
import type { TextLearning } from "./text-features.js";
import { columnsOf, termsOf } from "./text-params.js";

const pairs: TextLearning = {
  tokenizer: "word",
  ngrams: 2,
  characterNgrams: [4, 4],
  values: "count",
  inverseDocumentFrequency: true,
  scaleRows: false,
  withoutAddresses: false,
  hashBits: 0,
  minimumDocuments: 1,
  maximumFeatures: 1000,
};
const items = [
  { text: "good good film", label: "positive" },
  { text: "bad film", label: "negative" },
];

test("what is kept reads as before, under its new number", () => {
  const { text } = learnRows(items, pairs);
  const names = termsOf(text);
  const chosen = ["good film", " goo", "bad"].map((term) => names.indexOf(term));
  const less = keepColumns(text, chosen);
  expect(termsOf(less)).toEqual(["good film", " goo", "bad"]);
  expect(columnsOf(less)).toBe(3);
  const [before, after] = [rowReader(text)(items[0].text), rowReader(less)(items[0].text)];
  const values = new Map(
    Array.from(before.indices.subarray(0, before.length), (column, k) => [column, before.values[k]]),
  );
  expect(after.length).toBe(2);
  for (let k = 0; k < after.length; k++) expect(after.values[k]).toBe(values.get(chosen[after.indices[k]]));
  expect(termsOf(keepColumns(less, [2, 0]))).toEqual(["bad", "good film"]);
});

test("hashed columns cannot be chosen from", () => {
  const { text } = learnRows(items, { ...pairs, hashBits: 4 });
  expect(() => keepColumns(text, [0])).toThrow(expect.objectContaining({ code: "unsupported" }));
});
