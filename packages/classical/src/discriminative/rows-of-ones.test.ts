import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import { crossValidatedMargins } from "../calibration/cross-validated-margins.js";
import { selectRows } from "../features/select-rows.js";
import { type SparseDataset, valueAt } from "../features/sparse-dataset.js";
import type { TextParams } from "../features/text-params.js";
import { countRows } from "../generative/naive-bayes-counter.js";
import { trainModel } from "../learners.js";
import { marginsOfRows } from "./margins-of-rows.js";
import { logCountRatios, scaledByRatios } from "./nbsvm-ratios.js";
import { onlineLinear } from "./online-linear.js";
import { type LinearOptions, trainLinear } from "./train-linear.js";

const given = randomDataset({ rows: 40, columns: 30, labels: 3, seed: 1, presence: true });
const without = { ...given, values: new Float32Array() };
const options: LinearOptions = {
  ...{ loss: "logistic", multiclass: "one-vs-rest", optimizer: "dual-coordinate-descent" },
  ...{ l1: 0, l2: 0.01, bias: true, tolerance: 1e-4, iterations: 1000, seed: 1 },
};
const uses: Readonly<Record<string, (data: SparseDataset) => unknown>> = {
  "coordinate descent": (data) => trainLinear(data, options),
  "L-BFGS": (data) => trainLinear(data, { ...options, multiclass: "multinomial", optimizer: "lbfgs" }),
  "OWL-QN": (data) => trainLinear(data, { ...options, optimizer: "lbfgs", l1: 0.01, l2: 0 }),
  AdaGrad(data) {
    const model = onlineLinear(data);
    return [model.partialFit(data), model.params()];
  },
  "naive Bayes": (data) => (["multinomial", "bernoulli", "gaussian"] as const).map((event) => countRows(data, event)),
  "the ratios of NBSVM": (data) => scaledByRatios(data, 1, logCountRatios(data, 1, 1)).values,
  margins: (data) => marginsOfRows({ weights: new Float32Array(90).fill(0.5), bias: Float32Array.of(1, 2, 3) }, data),
  "some of the rows"(data) {
    const { indices, values } = selectRows(data, [3, 1]);
    return Array.from(indices, (column, k) => [column, valueAt(values, k)]);
  },
  folds: (data) =>
    crossValidatedMargins(
      data,
      async (rows) => {
        const weights = await trainLinear(rows, options);
        return (others) => marginsOfRows(weights, others);
      },
      4,
      1,
    ),
};

test.each(Object.entries(uses))("%s: values that are left out are all 1", async (_name, use) => {
  expect(await use(without)).toEqual(await use(given));
});

/** No text has a word twice, so that counts are all 1. */
const items = Array.from({ length: 24 }, (_, i) => ({
  text: `word${i} ${i % 2 ? "odd" : "even"} common${i % 5} ${i % 3 ? "not" : "three"}`,
  label: i % 2 ? "odd" : "even",
}));

test.each(["linear-svm", "logistic-regression", "nbsvm", "averaged-perceptron", "naive-bayes"])(
  "%s learns the same of the presence of words, whose values are left out, as of counts",
  async (learner) => {
    const [presence, count] = await Promise.all(
      ["presence", "count"].map((values) => trainModel(learner, items, { id: "measured", settings: { values } })),
    );
    const { features: _, ...learned } = presence.params as TextParams;
    expect(count.params).toMatchObject(learned);
  },
);
