import fc from "fast-check";
import { expect, test } from "vitest";
import { asciiWords } from "./ascii-words.js";
import { tokenNumberer } from "./number-text.js";
import type { TextFeatures } from "./text-features.js";
import { addAsked, ask, findAsked, type TokenTable, tokenTable } from "./token-table.js";
import { tokenBounds } from "./tokenizers/tokenizer.js";
import { word } from "./tokenizers/word.js";

function numbersOf(table: TokenTable, text: string, find: typeof findAsked): number[] {
  const bounds = tokenBounds();
  const count = word.tokenize(text, bounds);
  const { offsets } = bounds;
  return Array.from({ length: count }, (_, i) => {
    ask(table, text, offsets[2 * i], offsets[2 * i + 1]);
    return find(table);
  });
}

/** Words that share beginnings of eight bytes, marks and white space. */
const asciiTexts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "Overfit",
        "overfitted",
        "overfitting",
        "overfits",
        "overfit!",
        "_x9",
        "\0",
        "\t\r\n",
        "%",
        "--",
      ),
      fc.string({ unit: "binary-ascii", maxLength: 20 }),
      fc.nat({ max: 40 }).map((length) => "ab".repeat(length)),
    ),
  )
  .map((parts) => parts.join(" "));
const anyTexts = fc.oneof(asciiTexts, fc.string({ unit: "grapheme" }));

test("texts of ASCII have the tokens that any reader finds; others are not read", () => {
  fc.assert(
    fc.property(fc.array(anyTexts), fc.array(anyTexts), (known, texts) => {
      const table = tokenTable();
      for (const text of known) numbersOf(table, text, addAsked);
      const words = asciiWords(table);
      for (const text of [...known, ...texts]) {
        const count = words.read(text);
        if (/^[\0-\x7f]*$/.test(text)) {
          expect([...words.numbers.subarray(0, count)]).toEqual(numbersOf(table, text, findAsked));
        } else expect(count).toBeUndefined();
      }
    }),
  );
});

test("long texts are read, and ones beyond a megabyte are left to others", () => {
  const table = tokenTable();
  const text = "To be, or not to be. ".repeat(10_000);
  numbersOf(table, text, addAsked);
  const words = asciiWords(table);
  const count = words.read(text);
  expect([...words.numbers.subarray(0, count)]).toEqual(numbersOf(table, text, findAsked));
  expect(words.read(text.repeat(6))).toBeUndefined();
});

test("the same numbers come before and after it was worth making ready for ASCII, and of other texts between", () => {
  const table = tokenTable();
  const texts = ["Nothing is either good or bad,", "but thinking makes it so. ", "Être ou ne pas être"];
  for (const text of texts) numbersOf(table, text, addAsked);
  const numbered = tokenNumberer({ tokenizer: "word", withoutAddresses: false } as TextFeatures, table);
  const read = (text: string) => {
    const count = numbered.read(text, false);
    return [...numbered.numbers.subarray(0, count)];
  };
  const before = texts.map(read);
  for (let i = 0; i < 2; i++) read("thinking ".repeat(100_000));
  expect(texts.map(read)).toEqual(before);
  expect(read("something good")).toEqual([-1, before[0]?.[3]]);
});
