import { expect, test } from "vitest";
import { withoutLinesOf } from "./film-sentiment.js";

test("no line of a test is learned from, however it is written; an item of nothing else goes", () => {
  const tested = [{ text: "not bad , at all .", label: "positive" }];
  const items = [
    { text: "Not bad at all!", label: "positive", fold: 3 },
    { text: "i went in .\nnot bad, at all.\ni came out .", label: "negative" },
    { text: "not bad , at all , but long .", label: "negative" },
  ];
  expect(withoutLinesOf(tested, items)).toEqual([
    { text: "i went in .\ni came out .", label: "negative" },
    { text: "not bad , at all , but long .", label: "negative" },
  ]);
});
