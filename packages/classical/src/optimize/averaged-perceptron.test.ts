import { expect, test } from "vitest";
import { averagedPerceptron } from "./averaged-perceptron.js";

test("the average is the mean of the weights after each step", () => {
  const perceptron = averagedPerceptron(2);
  const seen: number[][] = [];
  for (const [index, amount] of [
    [0, 1],
    [1, -2],
    [0, 3],
    [1, 1],
    [0, -1],
  ]) {
    perceptron.add(index, amount);
    perceptron.step();
    seen.push([...perceptron.weights]);
  }
  const mean = [0, 1].map((i) => seen.reduce((sum, weights) => sum + weights[i], 0) / seen.length);
  const average = perceptron.average();
  expect(average[0]).toBeCloseTo(mean[0], 6);
  expect(average[1]).toBeCloseTo(mean[1], 6);
});

test("without steps the average is zero", () => {
  expect([...averagedPerceptron(2).average()]).toEqual([0, 0]);
});
