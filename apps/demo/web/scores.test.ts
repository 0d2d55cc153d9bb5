import { expect, test } from "vitest";
import { barsOf, percent } from "./scores.js";

test("probabilities are bars of their own length", () => {
  const scores = [
    { label: "a", score: 0.75 },
    { label: "b", score: 0.25 },
  ];
  expect(barsOf(scores)).toEqual([
    { label: "a", length: 0.75, number: "75.0%" },
    { label: "b", length: 0.25, number: "25.0%" },
  ]);
});

test("margins reach from the lowest to the highest", () => {
  const bars = barsOf([2, 0, -2].map((score, i) => ({ label: String(i), score })));
  expect(bars.map(({ length }) => length)).toEqual([1, 0.5, 0]);
  expect(bars[2]?.number).toBe("−2.00");
});

test.each([
  [0, "0.0%"],
  [1e-9, "< 0.1%"],
  [0.9999, "> 99.9%"],
  [1, "100.0%"],
])("%d is shown as %s", (probability, shown) => {
  expect(percent(probability)).toBe(shown);
});
