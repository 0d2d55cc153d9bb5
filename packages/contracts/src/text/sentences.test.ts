import fc from "fast-check";
import { expect, test } from "vitest";
import { awkwardTexts } from "../testing/check.js";
import { paragraphsOf, sentencesOf } from "./sentences.js";

test.each([
  ["Dr. No left. Who?\n\nNobody", ["Dr. No left.", "Who?", "Nobody"]],
  ['He said: "Go!" She went. "Why?"', ['He said: "Go!"', "She went.", '"Why?"']],
  ["It cost 3.50 in the U.S. on Monday.", ["It cost 3.50 in the U.S. on Monday."]],
  [
    "J. R. R. Tolkien wrote... and wrote. Then he stopped.",
    ["J. R. R. Tolkien wrote... and wrote.", "Then he stopped."],
  ],
  ["東京は首都です。人が多い！「そう。」", ["東京は首都です。", "人が多い！", "「そう。」"]],
  ["one line\nof two lines\r\n \r\nnext", ["one line\nof two lines", "next"]],
  ["  \n\n ", []],
])("cuts %j", (text, sentences) => {
  expect(sentencesOf(text).map((sentence) => sentence.text)).toEqual(sentences);
});

test("paragraphs end at blank lines", () => {
  const text = " One.\nStill one. \r\n \r\n\nTwo.\n";
  expect(paragraphsOf(text).map((paragraph) => paragraph.text)).toEqual(["One.\nStill one.", "Two."]);
  for (const { text: part, start, end } of paragraphsOf(text)) expect(text.slice(start, end)).toBe(part);
  expect(paragraphsOf("\n \n")).toEqual([]);
});

test("leaves out white space only, whatever the text", () => {
  const check = (text: string): void => {
    let end = 0;
    for (const sentence of sentencesOf(text)) {
      expect(sentence.text).toBe(text.slice(sentence.start, sentence.end));
      expect(sentence.text.trim()).toBe(sentence.text);
      expect(text.slice(end, sentence.start).trim()).toBe("");
      expect(sentence.end).toBeGreaterThan(sentence.start);
      end = sentence.end;
    }
    expect(text.slice(end).trim()).toBe("");
  };
  for (const text of awkwardTexts) check(text);
  const marks = fc.constantFrom(". ", "...", "? ", "。", "\n\n", "\r\n", " ", "a", "Dr", "\ud83d", "\ude00", "”");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(marks).map((parts) => parts.join("")),
      ),
      check,
    ),
  );
});

test.each(["word ", "...", "\n ", "( ", "a.b."])("a megabyte of %j takes one pass", (unit) => {
  expect(sentencesOf(unit.repeat(Math.ceil(1_000_000 / unit.length))).length).toBeLessThan(1_000_000);
});
