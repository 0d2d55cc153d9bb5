import fc from "fast-check";
import { expect, test } from "vitest";
import { rankLabels, softmax } from "./scores.js";

test("labels are ranked best first, ties in the order of the labels", () => {
  expect(rankLabels(["a", "b", "c"], [0.25, 0.5, 0.25])).toEqual({
    label: "b",
    score: 0.5,
    scores: [
      { label: "b", score: 0.5 },
      { label: "a", score: 0.25 },
      { label: "c", score: 0.25 },
    ],
  });
});

test("softmax is exp(x) / Σ exp(x)", () => {
  const [low, high] = softmax([0, Math.log(3)]);
  expect(low).toBeCloseTo(0.25, 12);
  expect(high).toBeCloseTo(0.75, 12);
});

test("softmax neither overflows nor leaves [0, 1], and adds up to 1", () => {
  const logit = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(logit, { minLength: 1, maxLength: 30 }), (logits) => {
      const probabilities = softmax(logits);
      for (const each of probabilities) expect(each >= 0 && each <= 1).toBe(true);
      expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
    }),
  );
});
