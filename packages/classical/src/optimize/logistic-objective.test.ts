import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { type SparseDataset, sparseDataset } from "../features/sparse-dataset.js";
import { logisticObjective, outputsOf } from "./logistic-objective.js";

/** Twelve random rows over five columns; the first label's row comes first, so that every label is there. */
function randomData(labels: readonly string[], seed: number): SparseDataset {
  const random = seededRandom(seed);
  const items = Array.from({ length: 12 }, (_, i) => ({ label: labels[i % labels.length] }));
  const rows = items.map(() => {
    const indices = Uint32Array.from([0, 1, 2, 3, 4].filter(() => random() < 0.5));
    return { indices, values: Float32Array.from(indices, () => random() * 4 - 2) };
  });
  return sparseDataset(rows, 5, items);
}

const binary = ["ham", "spam"];
const ternary = ["negative", "neutral", "positive"];

test("two labels share one output; more have one each", () => {
  expect([2, 3, 20].map(outputsOf)).toEqual([1, 3, 20]);
  expect(logisticObjective(randomData(binary, 1), 0).dimension).toBe(6);
  expect(logisticObjective(randomData(ternary, 1), 0).dimension).toBe(18);
});

test.each([
  ["two", binary],
  ["three", ternary],
])("the gradient of %s labels is the slope of the value in every direction", (_, labels) => {
  for (const seed of [1, 2, 3]) {
    const objective = logisticObjective(randomData(labels, seed), 0.3);
    const random = seededRandom(seed + 100);
    const point = Float64Array.from({ length: objective.dimension }, () => random() * 2 - 1);
    const gradient = new Float64Array(objective.dimension);
    objective.evaluate(point, gradient);
    for (let i = 0; i < point.length; i++)
      expect(gradient[i]).toBeCloseTo(
        slope((x) => objective.evaluate(x, new Float64Array(x.length)), point, i),
        6,
      );
  }
});

/** The central difference of a function along one axis. */
function slope(value: (point: Float64Array) => number, point: Float64Array, axis: number): number {
  const step = 1e-5;
  const at = (offset: number) => value(point.map((each, i) => (i === axis ? each + offset : each)));
  return (at(step) - at(-step)) / (2 * step);
}

test.each([binary, ternary])(
  "at the origin nothing is known: the loss is the logarithm of how many labels there are",
  (...labels) => {
    const objective = logisticObjective(randomData(labels, 4), 5);
    const zero = new Float64Array(objective.dimension);
    expect(objective.evaluate(zero, zero.slice())).toBeCloseTo(Math.log(labels.length), 12);
  },
);

test("the penalty is half of l2 times the squared weights, and leaves the biases alone", () => {
  const data = randomData(ternary, 5);
  const point = new Float64Array(18).fill(2);
  const penalty = logisticObjective(data, 0.5).evaluate(point, new Float64Array(18));
  expect(penalty - logisticObjective(data, 0).evaluate(point, new Float64Array(18))).toBeCloseTo(0.25 * 15 * 4, 9);
});

test.each([binary, ternary])("outputs of thousands overflow nothing", (...labels) => {
  const objective = logisticObjective(randomData(labels, 6), 1e-3);
  const gradient = new Float64Array(objective.dimension);
  const point = Float64Array.from(gradient, (_, i) => (i % 2 === 0 ? 5000 : -5000));
  expect(Number.isFinite(objective.evaluate(point, gradient))).toBe(true);
  expect(gradient.every(Number.isFinite)).toBe(true);
});
