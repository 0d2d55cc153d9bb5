import { expect, test } from "vitest";
import { createRowLearner, learnRows } from "./learn-rows.js";
import { occurrenceReader, rowReader } from "./row-reader.js";
import type { TextLearning } from "./text-features.js";
import { columnsOf, termsOf } from "./text-params.js";

const words: TextLearning = {
  tokenizer: "word",
  ngrams: 1,
  values: "presence",
  inverseDocumentFrequency: false,
  scaleRows: false,
  withoutAddresses: false,
  minimumDocuments: 1,
  maximumFeatures: 1000,
};
const items = [
  { text: "good good film", label: "positive" },
  { text: "bad film", label: "negative" },
];

test("one pass learns the terms, and gives the texts as rows of them with labels in order of code units", () => {
  const { text, data } = learnRows(items, { ...words, values: "count" });
  expect(termsOf(text)).toEqual(["film", "bad", "good"]);
  expect(columnsOf(text)).toBe(3);
  expect(text.labels).toEqual(["negative", "positive"]);
  expect(data).toEqual({
    rows: 2,
    columns: 3,
    offsets: Uint32Array.of(0, 2, 4),
    indices: Uint32Array.of(0, 2, 0, 1),
    values: Float32Array.of(1, 2, 1, 1),
    targets: Uint32Array.of(1, 0),
    labels: ["negative", "positive"],
  });
});

test.each<[string, Partial<TextLearning>]>([
  ["presence", {}],
  ["counts", { values: "count" }],
  ["logarithms of pairs too", { values: "logarithm", ngrams: 2 }],
  ["weighed and scaled counts", { values: "count", inverseDocumentFrequency: true, scaleRows: true }],
])("a model reads a text as its training read it: %s", (_, change) => {
  const { text, data } = learnRows(items, { ...words, ...change });
  const read = rowReader(text);
  for (const [i, item] of items.entries()) {
    const { indices, values, length } = read(item.text);
    const [start, end] = data.offsets.subarray(i, i + 2);
    const row = new Map(Array.from({ length }, (_, k) => [indices[k], values[k]]));
    expect(row).toEqual(
      new Map(Array.from({ length: end - start }, (_, k) => [data.indices[start + k], data.values[start + k]])),
    );
  }
});

test("a row counts every token, known or not", () => {
  const read = rowReader(learnRows(items, words).text);
  expect(read("Good film, zebra !")).toMatchObject({ length: 2, tokens: 5 });
  expect(read("")).toMatchObject({ length: 0, tokens: 0 });
});

test("a word that every object has is a word like any other", () => {
  const { text } = learnRows(
    [
      { text: "constructor __proto__", label: "a" },
      { text: "x", label: "__proto__" },
    ],
    words,
  );
  expect(rowReader(text)("toString constructor __proto__").length).toBe(2);
});

test("each occurrence of a known term is told where it stands", () => {
  const { text } = learnRows(items, { ...words, ngrams: 2 });
  const names = termsOf(text);
  const found = occurrenceReader(text)("A GOOD film! Good.").map(({ column, start, end }) => [
    names[column],
    start,
    end,
  ]);
  expect(found).toEqual([
    ["good", 2, 6],
    ["film", 7, 11],
    ["good film", 2, 11],
    ["good", 13, 17],
  ]);
});

test("texts may come one at a time", () => {
  const learner = createRowLearner(words);
  for (const { text, label } of items) learner.add(text, label);
  expect(learner.finish()).toEqual(learnRows(items.values(), words));
});

test("there is nothing to learn from one label, or where no term is in enough texts", () => {
  expect(() => learnRows(items.slice(1), words)).toThrow('at least two labels; there is only "negative"');
  expect(() => learnRows(items, { ...words, minimumDocuments: 9 })).toThrow("No term stands in 9 texts. Lower minimum");
});
