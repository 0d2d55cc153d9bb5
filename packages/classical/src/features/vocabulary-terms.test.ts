import fc from "fast-check";
import { expect, test } from "vitest";
import { keepColumns } from "./keep-columns.js";
import { learnRows } from "./learn-rows.js";
import { occurrenceReader, rowReader } from "./row-reader.js";
import type { TextLearning } from "./text-features.js";
import { columnsOf, type TextReading } from "./text-params.js";

const words: TextLearning = {
  tokenizer: "word",
  ngrams: 1,
  values: "count",
  inverseDocumentFrequency: false,
  scaleRows: false,
  withoutAddresses: false,
  hashBits: 0,
  minimumDocuments: 1,
  maximumFeatures: 1_000_000,
};

/** So long that no vocabulary here is left at rest. */
const long = " ".repeat(100_000);

const token = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "ab",
    "abc",
    "abd",
    "B",
    "the",
    "them",
    "ὀδός",
    "ΟΔΟΣ",
    "𝔸b",
    "\ud83d",
    "\uffee",
    "you@example.org",
    "7",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 4 }),
);
const text = fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(" "));
const features = fc.oneof(
  fc.record({ ngrams: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    ngrams: fc.integer({ min: 0, max: 2 }),
    characterNgrams: fc.constantFrom([1, 1], [1, 4], [2, 5], [3, 3]) as fc.Arbitrary<[number, number]>,
  }),
);
const learning = fc
  .tuple(
    features,
    fc.record({
      withoutAddresses: fc.boolean(),
      minimumDocuments: fc.integer({ min: 1, max: 2 }),
      maximumFeatures: fc.constantFrom(5, 1_000_000),
    }),
  )
  .map(([which, rest]) => ({ ...words, ...which, ...rest }));

/** What is read of texts, behind others: columns, values and where terms stand. */
function readingsOf(reading: TextReading, texts: readonly string[], before: readonly string[]) {
  const [readRow, readOccurrences] = [rowReader(reading), occurrenceReader(reading)];
  for (const each of before) {
    readRow(each);
    readOccurrences(each);
  }
  return texts.map((each) => {
    const { indices, values, length, tokens } = readRow(each);
    const row = Array.from(indices.subarray(0, length), (column, k) => [column, values[k]] as const);
    return { row, tokens, occurrences: readOccurrences(each) };
  });
}

function learned(texts: readonly string[], options: TextLearning): TextReading | undefined {
  try {
    return learnRows(
      [...texts, "a"].map((each, i) => ({ text: each, label: String(i % 2) })),
      options,
    ).text;
  } catch {
    return undefined;
  }
}

test("texts read the same at rest and in memory, whatever the features", () => {
  fc.assert(
    fc.property(
      learning,
      fc.array(text, { minLength: 1, maxLength: 8 }),
      fc.array(text, { maxLength: 4 }),
      (options, known, others) => {
        const reading = learned(known, options);
        fc.pre(reading !== undefined);
        const texts = [...known, ...others];
        expect(readingsOf(reading, texts, [])).toEqual(readingsOf(reading, texts, [long]));
      },
    ),
    { numRuns: 200 },
  );
});

test("so they do where columns were left out, in any order, and what is left reads as before", () => {
  fc.assert(
    fc.property(learning, fc.array(text, { minLength: 1, maxLength: 8 }), fc.nat(), (options, known, seed) => {
      const whole = learned(known, options);
      fc.pre(whole !== undefined);
      const columns = Array.from({ length: columnsOf(whole) }, (_, column) => column);
      const chosen = columns.filter((column) => (seed >>> (column % 31)) % 2 === 1).reverse();
      fc.pre(chosen.length > 0);
      const less = keepColumns(whole, chosen);
      const atRest = readingsOf(less, known, []);
      expect(atRest).toEqual(readingsOf(less, known, [long]));
      const named = atRest.map(({ row }) => row.map(([column, value]) => [chosen[column], value]));
      expect(named).toEqual(
        readingsOf(whole, known, []).map(({ row }) => row.filter(([column]) => chosen.includes(column))),
      );
    }),
    { numRuns: 200 },
  );
});

test("a vocabulary that was found to be damaged is refused by every later call, too", () => {
  const reading = learned(["good film good", "a film"], { ...words, ngrams: 2 });
  if (reading === undefined) throw new Error("nothing was learned");
  const vocabulary = reading.vocabulary.slice();
  // The last token's end.
  vocabulary[vocabulary.length - 1] = 0x61;
  const read = occurrenceReader({ ...reading, vocabulary });
  for (const text of [long, "a film"])
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "model-damaged" }));
});

test("a forged vocabulary is refused, or read without harm, at rest and in memory", () => {
  const reading = learned(["good film good", "a film, ὀδός", "the them then thence"], {
    ...words,
    ngrams: 2,
    characterNgrams: [2, 4],
  });
  if (reading === undefined) throw new Error("nothing was learned");
  const columns = columnsOf(reading);
  fc.assert(
    fc.property(fc.nat(reading.vocabulary.length - 1), fc.nat(255), fc.boolean(), (at, byte, isLong) => {
      const vocabulary = reading.vocabulary.slice();
      vocabulary[at] = byte;
      try {
        const read = occurrenceReader({ ...reading, vocabulary });
        if (isLong) read(long);
        for (const { column } of read("the good film of ὀδός them"))
          expect(column).toBeLessThan(Math.max(columns, columnsOf({ ...reading, vocabulary })));
      } catch (error) {
        expect(error).toMatchObject({ code: "model-damaged" });
      }
    }),
    { numRuns: 2000 },
  );
});
