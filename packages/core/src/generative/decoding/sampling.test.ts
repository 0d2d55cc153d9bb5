import { BifocalError, seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { chooseToken, type Sampling } from "./sampling.js";

const logits = [0.5, 0.2, 0.3].map(Math.log);

function frequencies(sampling: Sampling, draws = 20_000): number[] {
  const random = seededRandom(1);
  const counts = [0, 0, 0];
  for (let i = 0; i < draws; i++) {
    const { token } = chooseToken(logits, random, sampling);
    counts[token] = (counts[token] ?? 0) + 1;
  }
  return counts.map((count) => count / draws);
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 1.7);
}

test("without sampling takes the likeliest, the first of equals", () => {
  expect(chooseToken(logits, Math.random).token).toBe(0);
  expect(chooseToken([1, 3, 3], Math.random).token).toBe(1);
});

test("says the log-probability under the logits as given, whatever the sampling", () => {
  const shifted = logits.map((logit) => logit + 40);
  expect(chooseToken(shifted, Math.random).logProbability).toBeCloseTo(Math.log(0.5), 10);
  const drawn = chooseToken(shifted, () => 0.999, { temperature: 5 });
  expect(drawn).toEqual({ token: 2, logProbability: expect.closeTo(Math.log(0.3), 10) });
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

test("never draws what is impossible", () => {
  const one = [Number.NEGATIVE_INFINITY, 2, Number.NEGATIVE_INFINITY];
  for (const random of [() => 0, () => 0.5, () => 1 - 2 ** -53]) {
    expect(chooseToken(one, random, { temperature: 0.1 })).toEqual({ token: 1, logProbability: 0 });
  }
});

test.each([[[]], [[0, Number.NaN]], [[Number.NEGATIVE_INFINITY]], [[1, Number.POSITIVE_INFINITY]]])(
  "refuses logits %j",
  (broken) => {
    expect(() => chooseToken(broken, Math.random)).toThrow(BifocalError);
    expect(() => chooseToken(broken, Math.random)).toThrow(/no finite score/);
  },
);
