import { awkwardTexts } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { endOfPiece, splitPieces, startOfPiece } from "./pieces.js";

test("keeps the space before a word with the word, and white space as it is", () => {
  expect(splitPieces("Ada's cat,\n  asleep.")).toEqual(["Ada's", " cat", ",", "\n  ", "asleep", "."]);
  expect(splitPieces("if (a_1 >= 2) {\n\treturn;\n}")).toEqual(
    ["if", " (", "a_1", " >=", " 2", ")", " {", "\n\t", "return", ";", "\n", "}"], // biome-ignore format: one line
  );
});

test("cuts scripts without spaces at each character", () => {
  expect(splitPieces("東京 です。")).toEqual(["東", "京", " で", "す", "。"]);
});

test("gives back every text when joined", () => {
  const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
  fc.assert(fc.property(anyText, (text) => splitPieces(text).join("") === text));
  for (const text of awkwardTexts) expect(splitPieces(text).join("")).toBe(text);
});

test("never has two pieces side by side that run into each other", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "1", "_", " ", "\n", ".", "’", "'", "🙂") });
  fc.assert(
    fc.property(text, (given) => {
      const pieces = splitPieces(given);
      return pieces.every((each, i) => i === 0 || startOfPiece(each) !== endOfPiece(pieces[i - 1]));
    }),
  );
});

test("takes time in proportion to the text", () => {
  for (const unit of ["a", " ", "'", "a'", "🙂", " a"]) {
    const started = performance.now();
    expect(splitPieces(unit.repeat(300_000)).join("").length).toBe(unit.length * 300_000);
    expect(performance.now() - started).toBeLessThan(2000);
  }
});
