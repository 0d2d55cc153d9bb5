import { BifocalError, seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { distributionOf, drawToken, likeliestToken, logSoftmax, type Sampling } from "./sampling.js";

const logits = [0.5, 0.2, 0.3].map(Math.log);

function frequencies(sampling: Sampling, draws = 20_000): number[] {
  const random = seededRandom(1);
  const counts = [0, 0, 0];
  for (let i = 0; i < draws; i++) {
    const token = drawToken(distributionOf(logits, sampling), random);
    counts[token] = (counts[token] ?? 0) + 1;
  }
  return counts.map((count) => count / draws);
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 1.7);
}

test("the likeliest is the first of equals", () => {
  expect(likeliestToken(logits)).toBe(0);
  expect(likeliestToken([1, 3, 3])).toBe(1);
});

test("logarithms of the softmax are the same however large the logits", () => {
  for (const [i, log] of logSoftmax(logits.map((logit) => logit + 400)).entries())
    expect(log).toBeCloseTo(logits[i] as number, 10);
});

test("draws each token as often as it is likely", () => expectNear(frequencies({}), [0.5, 0.2, 0.3]));

test("flattens and sharpens by the temperature", () => {
  const roots = [0.5, 0.2, 0.3].map(Math.sqrt);
  const total = roots.reduce((sum, root) => sum + root, 0);
  expectNear(
    frequencies({ temperature: 2 }),
    roots.map((root) => root / total),
  );
});

test("draws from the topK likeliest only", () => {
  expectNear(frequencies({ topK: 2 }), [0.625, 0, 0.375]);
  expect(frequencies({ topK: 1 }, 100)).toEqual([1, 0, 0]);
  expectNear(frequencies({ topK: 1000 }), [0.5, 0.2, 0.3]);
});

test("draws from the likeliest that together hold topP", () => {
  expect(frequencies({ topP: 0.4 }, 100)).toEqual([1, 0, 0]);
  expectNear(frequencies({ topP: 0.7 }), [0.625, 0, 0.375]);
  expectNear(frequencies({ topP: 1 }), [0.5, 0.2, 0.3]);
});

test("minP keeps what has its share of the likeliest", () => {
  expect(distributionOf(logits, { minP: 0.5 }).tokens).toEqual([0, 2]);
  expect(distributionOf(logits, { minP: 1 }).tokens).toEqual([0]);
});

test("typicalP keeps what is about as surprising as was to be expected, not what is likeliest", () => {
  const skewed = [0.7, 0.1, 0.1, 0.1].map(Math.log);
  expect(distributionOf([0.4, 0.3, 0.2, 0.1].map(Math.log), { typicalP: 0.29 }).tokens).toEqual([1]);
  expect(distributionOf(skewed, { typicalP: 0.5 }).tokens).toEqual([0]);
  expect(distributionOf(skewed, { typicalP: 1 }).tokens).toEqual([0, 1, 2, 3]);
});

test("never draws what is impossible", () => {
  const one = [Number.NEGATIVE_INFINITY, 2, Number.NEGATIVE_INFINITY];
  for (const random of [() => 0, () => 0.5, () => 1 - 2 ** -53])
    expect(drawToken(distributionOf(one, { temperature: 0.1 }), random)).toBe(1);
});

test.each([[[]], [[0, Number.NaN]], [[Number.NEGATIVE_INFINITY]], [[1, Number.POSITIVE_INFINITY]]])(
  "refuses logits %j",
  (broken) => {
    expect(() => logSoftmax(broken)).toThrow(BifocalError);
    expect(() => distributionOf(broken, {})).toThrow(/no finite score/);
  },
);
