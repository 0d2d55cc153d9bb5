import fc from "fast-check";
import { expect, test } from "vitest";
import { absent } from "./hash-slots.js";
import { tokenLowerer } from "./lowered-tokens.js";
import { addTokens, findTokens } from "./number-tokens.js";
import { textLearning } from "./text-settings.js";
import { tokenTable, tokenText } from "./token-table.js";

const token = fc.oneof(
  fc.string({ minLength: 1, maxLength: 3 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 3 }),
  fc.constantFrom("a", "A", "b", "ΟΔΟΣ", "ὀδός", "İ", "İİİ", "Straße", "\ud83d", "x".repeat(900)),
);
const texts = fc.array(
  fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(" ")),
  { maxLength: 8 },
);

test("the tokens of texts are numbered as a Map of lower-cased strings would number them", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const table = tokenTable(1);
      const { lowered, lower } = tokenLowerer(textLearning({ tokenizer: "whitespace" }));
      const [find, add] = [findTokens(table), addTokens(table)];
      const numbers = new Map<string, number>();
      for (const text of all) {
        const tokens = (text.match(/\S+/g) ?? []).map((each) => each.toLowerCase());
        const count = lower(text);
        const found = new Int32Array(count);
        find(lowered, count, found);
        expect([...found]).toEqual(tokens.map((each) => numbers.get(each) ?? absent));
        for (const each of tokens) if (!numbers.has(each)) numbers.set(each, numbers.size);
        add(lowered, count, found);
        expect([...found]).toEqual(tokens.map((each) => numbers.get(each)));
      }
      expect(Array.from({ length: table.size }, (_, i) => tokenText(table, i))).toEqual([...numbers.keys()]);
    }),
  );
});

test("a token with a number is left out where addresses are, and is not added", () => {
  const table = tokenTable(1);
  const { lowered, lower } = tokenLowerer(textLearning({ withoutAddresses: true }));
  const numbers = new Int32Array(4);
  const count = lower("Room 12 is b4");
  addTokens(table)(lowered, count, numbers);
  expect([...numbers]).toEqual([0, absent, 1, absent]);
  expect(table.size).toBe(2);
});
