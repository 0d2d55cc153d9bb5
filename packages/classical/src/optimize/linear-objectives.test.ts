import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import { binaryObjective } from "./binary-objective.js";
import { condenseRows, plainRows } from "./condensed-rows.js";
import { type LossName, marginLosses } from "./margin-losses.js";
import type { Objective } from "./objective.js";
import { softmaxObjective } from "./softmax-objective.js";

const layouts = { condensed: condenseRows, plain: plainRows };

function binary(loss: LossName, layout: keyof typeof layouts, seed: number, bias = true): Objective {
  const data = randomDataset({ rows: 12, columns: 9, labels: 2, seed });
  const signs = Int8Array.from(data.targets, (target) => (target === 1 ? 1 : -1));
  return binaryObjective(
    { rows: layouts[layout](data), signs, shares: sharesOf(12), l2: 0.3, bias },
    marginLosses[loss],
  );
}

function softmax(layout: keyof typeof layouts, seed: number, bias = true): Objective {
  const data = randomDataset({ rows: 12, columns: 9, labels: 3, seed });
  const { targets } = data;
  return softmaxObjective({ rows: layouts[layout](data), targets, outputs: 3, shares: sharesOf(12), l2: 0.3, bias });
}

/** Unequal, of a sum of 1. */
function sharesOf(rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => (2 * (row + 1)) / (rows * (rows + 1)));
}

/** The central difference of the objective along one axis. */
function slope(objective: Objective, point: Float64Array, axis: number): number {
  const step = 1e-5;
  const gradient = new Float64Array(objective.dimension);
  const at = (offset: number) =>
    objective.evaluate(
      point.map((each, i) => (i === axis ? each + offset : each)),
      gradient,
    );
  return (at(step) - at(-step)) / (2 * step);
}

const cases = (["condensed", "plain"] as const).flatMap((layout): [string, Objective][] => [
  [`logistic, ${layout}`, binary("logistic", layout, 1)],
  [`squared hinge, ${layout}`, binary("squared-hinge", layout, 2)],
  [`softmax, ${layout}`, softmax(layout, 3)],
]);

test.each(cases)("the gradient is the slope of the value in every direction: %s", (_, objective) => {
  const random = seededRandom(7);
  const point = Float64Array.from({ length: objective.dimension }, () => random() * 2 - 1);
  const gradient = new Float64Array(objective.dimension);
  objective.evaluate(point, gradient);
  for (let i = 0; i < point.length; i++) expect(gradient[i]).toBeCloseTo(slope(objective, point, i), 6);
});

test("at the origin the loss is the logarithm of how many labels there are", () => {
  for (const [objective, labels] of [
    [binary("logistic", "plain", 4), 2],
    [softmax("condensed", 4), 3],
  ] as const) {
    const zero = new Float64Array(objective.dimension);
    expect(objective.evaluate(zero, zero.slice())).toBeCloseTo(Math.log(labels), 12);
  }
});

test("without a bias nothing draws it from 0", () => {
  for (const [objective, biases] of [
    [binary("logistic", "condensed", 5, false), 1],
    [softmax("condensed", 5, false), 3],
  ] as const) {
    const gradient = new Float64Array(objective.dimension).fill(1);
    objective.evaluate(new Float64Array(objective.dimension), gradient);
    expect([...gradient.subarray(-biases)]).toEqual(new Array(biases).fill(0));
  }
});

test("outputs of thousands overflow nothing", () => {
  for (const objective of [binary("logistic", "plain", 6), softmax("plain", 6)]) {
    const gradient = new Float64Array(objective.dimension);
    const point = Float64Array.from(gradient, (_, i) => (i % 2 === 0 ? 5000 : -5000));
    expect(Number.isFinite(objective.evaluate(point, gradient))).toBe(true);
    expect(gradient.every(Number.isFinite)).toBe(true);
  }
});
