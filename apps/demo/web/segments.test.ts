import { expect, test } from "vitest";
import { segmentsOf } from "./segments.js";

test("cuts a text at its spans, in UTF-16 units", () => {
  const person = { start: 3, end: 6, label: "PER" };
  expect(segmentsOf("🙂 Ada!", [person])).toEqual([{ text: "🙂 " }, { text: "Ada", span: person }, { text: "!" }]);
});

test("keeps the whole text, whatever the spans", () => {
  const spans = [
    { start: 4, end: 9 },
    { start: 0, end: 2 },
    { start: 1, end: 3 },
    { start: 5, end: 5 },
    { start: 8, end: 99 },
  ];
  const segments = segmentsOf("0123456789", spans);
  expect(segments.map(({ text }) => text).join("")).toBe("0123456789");
  expect(segments.filter(({ span }) => span).map(({ text }) => text)).toEqual(["01", "45678"]);
});

test("has nothing to say of an empty text", () => {
  expect(segmentsOf("", [])).toEqual([]);
});
