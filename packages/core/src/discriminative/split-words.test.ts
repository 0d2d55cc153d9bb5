import { awkwardTexts } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitWords } from "./split-words.js";

const wordsOf = (text: string): string[] => splitWords(text).map((word) => word.text);

test.each([
  ["Ada's here.", ["Ada's", "here", "."]],
  ["U.S. (New-York)", ["U", ".", "S", ".", "(", "New", "-", "York", ")"]],
  ["café in München", ["café", "in", "München"]],
  ["東京は日本", ["東", "京", "は", "日", "本"]],
  ["abc東京", ["abc", "東", "京"]],
  ["🙂ok", ["🙂", "ok"]],
  [" \n\t\u0000 ", []],
])("cuts %j", (text, words) => expect(wordsOf(text)).toEqual(words));

test("says exactly where each word stands, in order", () => {
  const check = (text: string): void => {
    let end = 0;
    for (const word of splitWords(text)) {
      expect(word.text).toBe(text.slice(word.start, word.end));
      expect(word.start >= end && word.end > word.start).toBe(true);
      end = word.end;
    }
  };
  for (const text of awkwardTexts) check(text);
  fc.assert(fc.property(fc.string({ unit: "binary" }), check));
});
