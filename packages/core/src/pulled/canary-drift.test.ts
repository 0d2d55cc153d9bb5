import { expect, test } from "vitest";
import type { CanaryAnswers } from "../hub/canary.js";
import { compareAnswers } from "./canary-drift.js";

const scored = (...rows: number[][]): CanaryAnswers => ({
  head: "score",
  rows: rows.map((probabilities, i) => ({ input: `text ${i}`, probabilities })),
});
const tagged = (...probabilities: (number[] | null)[]): CanaryAnswers => ({
  head: "scoreWords",
  rows: [{ input: probabilities.map((_, i) => `word ${i}`), probabilities }],
});
const measured = (...rows: [number, number][]): CanaryAnswers => ({
  head: "write",
  languages: {},
  rows: rows.map(([logProbability, tokens], i) => ({ given: `text ${i}`, text: "more", logProbability, tokens })),
});

test("probabilities may differ a little on average", () => {
  const reference = scored([0.9, 0.1], [0.3, 0.7]);
  expect(compareAnswers(reference, reference)).toEqual({ drift: 0, tolerance: 0.05, agrees: true });
  expect(compareAnswers(reference, scored([0.84, 0.16], [0.28, 0.72]))).toMatchObject({ drift: 0.04, agrees: true });
  expect(compareAnswers(reference, scored([0.8, 0.2], [0.28, 0.72]))).toMatchObject({ drift: 0.06, agrees: false });
});

test("a label that leads clearly must stay, one that leads narrowly need not", () => {
  const sure = Array.from({ length: 20 }, () => [1, 0]);
  expect(compareAnswers(scored([0.65, 0.35], ...sure), scored([0.4, 0.6], ...sure)).agrees).toBe(false);
  expect(compareAnswers(scored([0.55, 0.45], ...sure), scored([0.4, 0.6], ...sure)).agrees).toBe(true);
});

test("words are compared one by one, and what is not seen by one is seen by neither", () => {
  expect(compareAnswers(tagged([0.9, 0.1], null), tagged([0.9, 0.1], null)).agrees).toBe(true);
  expect(compareAnswers(tagged([0.9, 0.1], null), tagged([0.9, 0.1], [0.9, 0.1])).agrees).toBe(false);
});

test("likelihoods are compared by the token", () => {
  const reference = measured([-10, 10], [-4, 2]);
  expect(compareAnswers(reference, measured([-12, 10], [-4.4, 2]))).toMatchObject({ drift: 0.2, agrees: true });
  expect(compareAnswers(reference, measured([-14, 10], [-4.6, 2]))).toMatchObject({ drift: 0.35, agrees: false });
});

test("vectors are compared by their directions", () => {
  const embedded = (...vectors: number[][]): CanaryAnswers => ({
    head: "embed",
    rows: vectors.map((vector, i) => ({ input: `text ${i}`, vector })),
  });
  const reference = embedded([1, 0], [0, 0]);
  expect(compareAnswers(reference, embedded([3, 0.1], [0, 0])).agrees).toBe(true);
  expect(compareAnswers(reference, embedded([1, 1], [0, 0])).agrees).toBe(false);
  expect(compareAnswers(reference, embedded([1], [0, 0])).agrees).toBe(false);
});

test("what is no number, or no answer to the same question, agrees with nothing", () => {
  for (const found of [scored([Number.NaN, 0.1]), scored(), measured([-1, 1])]) {
    const { drift, agrees } = compareAnswers(scored([0.9, 0.1]), found);
    expect([Number.isFinite(drift), agrees]).toEqual([true, false]);
  }
});
