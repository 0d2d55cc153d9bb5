import { expect, test } from "vitest";
import { contentWords, sentenceSimilarity } from "./sentence-similarity.js";

test("similarity is shared words over the logarithms of both lengths", () => {
  const matrix = sentenceSimilarity([["cat", "sat", "mat"], ["cat", "mat", "mat"], ["dog"], []]);
  const expected = 2 / (2 * Math.log(4));
  expect(matrix[0 * 4 + 1]).toBeCloseTo(expected);
  expect(matrix[1 * 4 + 0]).toBeCloseTo(expected);
  expect(matrix.reduce((sum, each) => sum + each, 0)).toBeCloseTo(2 * expected);
});

test("two sentences of one same word are alike, and nothing is divided by zero", () => {
  expect([...sentenceSimilarity([["yes"], ["yes"]])]).toEqual([0, 1 / (2 * Math.log(2)), 1 / (2 * Math.log(2)), 0]);
});

test("stop words carry no content", () => {
  expect(contentWords("The cat is on the mat, and it purrs.")).toEqual(["cat", "mat", "purrs"]);
});
