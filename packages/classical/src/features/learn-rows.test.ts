import { readFileSync } from "node:fs";
import { seededRandom, shuffled } from "@bifocal/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LabelledText } from "../learner.js";
import { createRowLearner, learnRows } from "./learn-rows.js";
import { occurrenceReader, rowReader } from "./row-reader.js";
import { valueAt } from "./sparse-dataset.js";
import { type TextLearning, termValues } from "./text-features.js";
import { columnsOf, termsOf } from "./text-params.js";

const words: TextLearning = {
  tokenizer: "word",
  ngrams: 1,
  values: "presence",
  inverseDocumentFrequency: false,
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

/** The rows that were learned, as what stands in each term's column. */
function namedRows(items: readonly LabelledText[], options: TextLearning): Record<string, number>[] {
  const { text, data } = learnRows(items, options);
  const names = termsOf(text);
  return Array.from({ length: data.rows }, (_, row) => {
    const [start, end] = data.offsets.subarray(row, row + 2);
    const columns = [...data.indices.subarray(start, end)];
    expect(columns).toEqual([...columns].sort((a, b) => a - b));
    return Object.fromEntries(columns.map((column, k) => [names[column], valueAt(data.values, start + k)]));
  });
}

/** The same, written apart: a Map of strings, one term after the other. */
function plainRows(items: readonly LabelledText[], options: TextLearning): Record<string, number>[] {
  const counts = items.map(({ text }) => countsOf(text, options.ngrams));
  const documents = new Map<string, number>();
  for (const row of counts) for (const term of row.keys()) documents.set(term, (documents.get(term) ?? 0) + 1);
  const byRank = [...documents].filter(([, count]) => count >= options.minimumDocuments);
  byRank.sort(
    ([a, m], [b, n]) => n - m || a.split(" ").length - b.split(" ").length || compare(a.split(" "), b.split(" ")),
  );
  const kept = new Set(byRank.slice(0, options.maximumFeatures).map(([term]) => term));
  return counts.map((row) => Object.fromEntries([...row].filter(([term]) => kept.has(term))));
}

function countsOf(text: string, ngrams: number): Map<string, number> {
  const tokens = (text.match(/[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? []).map((token) => token.toLowerCase());
  const counts = new Map<string, number>();
  for (let i = 0; i < tokens.length; i++)
    for (let n = 1; n <= ngrams && i + n <= tokens.length; n++) {
      const term = tokens.slice(i, i + n).join(" ");
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  return counts;
}

/** By code points, half characters too, as UTF-8 has them. */
function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((token, i) => token !== b[i]);
  if (at < 0) return 0;
  const [one, other] = [a, b].map((tokens) =>
    Array.from(tokens[at], (character) => character.codePointAt(0) as number),
  );
  const differ = one.findIndex((codePoint, i) => codePoint !== other[i]);
  return differ < 0 ? one.length - other.length : one[differ] - (other[differ] ?? -1);
}

const someText = fc
  .array(
    fc.constantFrom("a", "b", "aa", "ab", "abcdef", "abcdeg", "É", "é", "İ", "東京", "ａ", "🙂", "\ud83d", "!", "42"),
    {
      maxLength: 12,
    },
  )
  .map((tokens) => tokens.join(" "));
const someItems = fc
  .array(someText, { minLength: 2, maxLength: 8 })
  .map((texts) => texts.map((text, i) => ({ text, label: `${i % 3}` })));

test("the terms and their counts are those that a map of strings finds, whatever is pruned", () => {
  const pruning = fc.record({
    ngrams: fc.integer({ min: 1, max: 4 }),
    minimumDocuments: fc.integer({ min: 1, max: 3 }),
    maximumFeatures: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(someItems, pruning, (texts, change) => {
      const options: TextLearning = { ...words, values: "count", ...change };
      const expected = plainRows(texts, options);
      if (expected.every((row) => Object.keys(row).length === 0)) return;
      expect(namedRows(texts, options)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

const anyFeatures = fc.record({
  ngrams: fc.integer({ min: 1, max: 3 }),
  characterNgrams: fc.constantFrom<readonly [number, number] | undefined>(undefined, [1, 1], [2, 4], [5, 5]),
  values: fc.constantFrom(...termValues),
  inverseDocumentFrequency: fc.boolean(),
  scaleRows: fc.boolean(),
  withoutAddresses: fc.boolean(),
  hashBits: fc.constantFrom(0, 0, 3, 12),
  maximumFeatures: fc.constantFrom(5, 1000),
  tokenizer: fc.constantFrom("word", "whitespace"),
});

test("a model reads a text as its training read it, with any features", () => {
  fc.assert(
    fc.property(someItems, anyFeatures, (texts, change) => {
      const options = { ...words, ...change };
      if (texts.every(({ text }) => text === "")) return;
      if (options.withoutAddresses && texts.every(({ text }) => /^[\s42]*$/.test(text))) return;
      const { text, data } = learnRows(texts, options);
      const read = rowReader(text);
      for (const [i, item] of texts.entries()) {
        const { indices, values, length } = read(item.text);
        const [start, end] = data.offsets.subarray(i, i + 2);
        expect(new Map(Array.from({ length }, (_, k) => [indices[k], values[k]]))).toEqual(
          new Map(
            Array.from({ length: end - start }, (_, k) => [data.indices[start + k], valueAt(data.values, start + k)]),
          ),
        );
      }
    }),
    { numRuns: 500 },
  );
});

test("the order of the texts does not matter: the same terms, in the same columns", () => {
  fc.assert(
    fc.property(someItems, anyFeatures, fc.nat(), (texts, change, seed) => {
      const options = { ...words, ...change, withoutAddresses: false };
      if (texts.every(({ text }) => text === "")) return;
      expect(learnRows(shuffled(texts, seededRandom(seed)), options).text).toEqual(learnRows(texts, options).text);
    }),
  );
});

test("each occurrence of a term stands where it is told, and there are as many as are counted", () => {
  fc.assert(
    fc.property(someItems, anyFeatures, (texts, change) => {
      const options: TextLearning = {
        ...words,
        ...change,
        values: "count",
        inverseDocumentFrequency: false,
        scaleRows: false,
        withoutAddresses: false,
      };
      if (texts.every(({ text }) => text === "")) return;
      const { text } = learnRows(texts, options);
      const names = termsOf(text);
      const [read, occurrences] = [rowReader(text), occurrenceReader(text)];
      for (const item of texts) {
        const counts = new Map<number, number>();
        for (const { column, start, end } of occurrences(item.text)) {
          counts.set(column, (counts.get(column) ?? 0) + 1);
          const shown = item.text.slice(start, end).toLowerCase().replace(/\s+/g, " ");
          if (options.hashBits === 0 && !item.text.includes("İ"))
            expect([shown, ...marked(shown)]).toContain(names[column]);
        }
        const { indices, values, length } = read(item.text);
        expect(counts).toEqual(new Map(Array.from({ length }, (_, k) => [indices[k], values[k]])));
      }
    }),
  );
});

/** A run of characters at a token's bounds, whose marks the text does not have. */
function marked(run: string): string[] {
  return [` ${run}`, `${run} `, ` ${run} `];
}

interface Goldens {
  readonly texts: readonly string[];
  readonly hashed: readonly (readonly (readonly [number, number])[])[];
}

const goldens = JSON.parse(readFileSync(new URL("text-goldens.json", import.meta.url), "utf8")) as Goldens &
  Record<string, Record<string, number>[]>;
const goldenItems = goldens.texts.map((text, i) => ({ text, label: `${i % 2}` }));
const pairs: TextLearning = { ...words, ngrams: 2 };
const characters: TextLearning = { ...words, ngrams: 0, tokenizer: "whitespace", values: "count" };

test.each<[string, TextLearning]>([
  ["counts", { ...pairs, values: "count" }],
  ["presence, in two texts", { ...pairs, minimumDocuments: 2 }],
  ["tf-idf", { ...pairs, values: "count", inverseDocumentFrequency: true, scaleRows: true }],
  ["logarithms with tf-idf, unscaled", { ...pairs, values: "logarithm", inverseDocumentFrequency: true }],
  ["characters 2 to 3", { ...characters, characterNgrams: [2, 3] }],
  ["characters 4 to 5", { ...characters, characterNgrams: [4, 5] }],
])("%s are scikit-learn's (text-goldens.py)", (name, options) => {
  const closely = (row: Record<string, number>) =>
    Object.fromEntries(Object.entries(row).map(([term, value]) => [term, expect.closeTo(value, 5)]));
  expect(namedRows(goldenItems, options)).toEqual(goldens[name].map(closely));
});

test("hashed columns are scikit-learn's (text-goldens.py)", () => {
  const { text, data } = learnRows(goldenItems, { ...pairs, values: "count", hashBits: 10 });
  expect(data.columns).toBe(1024);
  expect(termsOf(text)[1023]).toBe("#1023");
  const rows = goldens.texts.map((_, row) => {
    const [start, end] = data.offsets.subarray(row, row + 2);
    return Array.from({ length: end - start }, (__, k) => [data.indices[start + k], valueAt(data.values, start + k)]);
  });
  expect(rows).toEqual(goldens.hashed);
});

test("one pass learns the terms, and gives the texts as rows of them with labels in order of code units", () => {
  const { text, data } = learnRows(items, { ...words, values: "count" });
  expect(termsOf(text)).toEqual(["film", "bad", "good"]);
  expect(columnsOf(text)).toBe(3);
  expect(text.labels).toEqual(["negative", "positive"]);
  expect(data).toMatchObject({ rows: 2, columns: 3, labels: ["negative", "positive"] });
  expect([...data.offsets]).toEqual([0, 2, 4]);
  expect([...data.indices]).toEqual([0, 2, 0, 1]);
  expect([...data.values]).toEqual([1, 2, 1, 1]);
  expect([...data.targets]).toEqual([1, 0]);
});

test("rows are kept whole where there are more entries than a chunk holds", () => {
  const long = Array.from({ length: 100_000 }, (_, i) => `w${i}`).join(" ");
  const texts = [long, `${long} x`, long, "x"].map((text, i) => ({ text, label: `${i % 2}` }));
  const { data } = learnRows(texts, { ...words, values: "count", maximumFeatures: 200_000 });
  expect([...data.offsets]).toEqual([0, 100_000, 200_001, 300_001, 300_002]);
  expect(data.indices.subarray(200_001, 300_001)).toEqual(data.indices.subarray(0, 100_000));
});

test("a row counts every token, known or not, and an empty one is possible", () => {
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
  const found = occurrenceReader(text)("İ A GOOD  film! Good.").map(({ column, start, end }) => [
    names[column],
    start,
    end,
  ]);
  expect(found.sort(([, a], [, b]) => Number(a) - Number(b))).toEqual(
    [
      ["good", 4, 8],
      ["good film", 4, 14],
      ["film", 10, 14],
      ["good", 16, 20],
    ].sort(([, a], [, b]) => Number(a) - Number(b)),
  );
});

test("addresses, links and numbers are left out, and no pair reaches across one", () => {
  const texts = ["write ann@example.org or see http://example.org/x now 42 times", "-"];
  const { text } = learnRows(
    texts.map((each) => ({ text: each, label: each })),
    { ...words, ngrams: 2, withoutAddresses: true },
  );
  expect(termsOf(text)).toEqual(["-", "now", "or", "see", "times", "write", "or see"]);
  const places = occurrenceReader(text)(texts[0]).map(({ start, end }) => texts[0].slice(start, end));
  expect(places.sort()).toEqual(["now", "or", "or see", "see", "times", "write"]);
});

test("a long text without spaces takes linear time", () => {
  const read = rowReader(learnRows(items, { ...words, withoutAddresses: true, characterNgrams: [3, 5] }).text);
  for (const text of ["a".repeat(1_000_000), "@".repeat(300_000)]) expect(read(text).length).toBe(0);
}, 5000);

test("texts may come one at a time, and none after the last", () => {
  const learner = createRowLearner(words);
  for (const { text, label } of items) learner.add(text, label);
  expect(learner.finish()).toEqual(learnRows(items.values(), words));
  for (const late of [() => learner.add("a", "b"), () => learner.finish()])
    expect(late).toThrow("These rows are learned already");
});

test("there is nothing to learn from one label, or where no term is in enough texts", () => {
  expect(() => learnRows(items.slice(1), words)).toThrow('at least two labels; there is only "negative"');
  expect(() => learnRows(items, { ...words, minimumDocuments: 9 })).toThrow("No term stands in 9 texts. Lower minimum");
});
