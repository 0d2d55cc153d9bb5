import type { Classifier } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import { selectRows } from "../features/select-rows.js";
import { openModel, trainModel } from "../learners.js";
import { onlineLinear } from "./online-linear.js";
import { trainLinear } from "./train-linear.js";

const two = randomDataset({ rows: 200, columns: 40, labels: 2, seed: 1 });
const four = randomDataset({ rows: 200, columns: 40, labels: 4, seed: 2, presence: true });
const rowsOf = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test.each([two, four])("the same rows in one call or in many give the same bits", (data) => {
  const [whole, parts] = [onlineLinear(data), onlineLinear(data)];
  whole.partialFit(data);
  for (let from = 0; from < 200; from += 50) parts.partialFit(selectRows(data, rowsOf(from, from + 50)));
  expect(parts.params()).toEqual(whole.params());
});

test.each([two, four])("pass by pass it comes near the least of mean loss + (l2 / 2) ‖w‖²", async (data) => {
  const options = { loss: "logistic", multiclass: "multinomial", optimizer: "lbfgs", l1: 0, l2: 0.05 } as const;
  const best = await trainLinear(data, { ...options, bias: true, tolerance: 1e-8, iterations: 1000, seed: 1 });
  const model = onlineLinear({ columns: 40, labels: data.labels, learningRate: 1, l2: 0.05 });
  const losses = Array.from({ length: 300 }, () => model.partialFit(data));
  expect(losses[299]).toBeLessThan(losses[0]);
  const { weights, bias } = model.params();
  for (const [i, weight] of weights.entries()) expect(weight).toBeCloseTo(best.weights[i], 1);
  const shift = bias.length === 1 ? 0 : (sum(bias) - sum(best.bias)) / bias.length;
  for (const [i, each] of bias.entries()) expect(each - shift).toBeCloseTo(best.bias[i], 0);
});

const sum = (numbers: Float32Array) => numbers.reduce((total, each) => total + each, 0);

test("an l1 penalty makes weights exactly 0, and a strong one all of them", () => {
  const zeros = [0, 0.01, 10].map((l1) => {
    const model = onlineLinear({ columns: 40, labels: four.labels, l1 });
    model.partialFit(four);
    return model.params().weights.filter((weight) => weight === 0).length;
  });
  expect(zeros[1]).toBeGreaterThan(zeros[0]);
  expect(zeros[2]).toBe(160);
});

test("rows of other columns or labels are refused, and so is a single label", () => {
  expect(() => onlineLinear({ columns: 9, labels: two.labels }).partialFit(two)).toThrow("other columns or labels");
  expect(() => onlineLinear({ columns: 40, labels: ["b", "c"] }).partialFit(two)).toThrow("other columns or labels");
  expect(() => onlineLinear({ columns: 9, labels: ["a"] })).toThrow("at least two labels");
});

const items = [
  { text: "win a free prize now", label: "spam" },
  { text: "free entry, claim your prize", label: "spam" },
  { text: "are we still on for lunch?", label: "ham" },
  { text: "see you at lunch", label: "ham" },
  { text: "rain at home", label: "weather" },
];

for (const learner of ["online-logistic-regression", "averaged-perceptron"]) {
  for (const from of [items, items.slice(0, 4)]) {
    const train = async () => openModel(await trainModel(learner, from, { id: "mine" })) as Classifier;
    const labels = new Set(from.map(({ label }) => label)).size;
    for (const { name, run } of classifierChecks(train)) test(`${learner}, ${labels} labels: ${name}`, run);
    test(`${learner} answers its ${labels} training labels`, async () => {
      const answers = await (await train()).classify(from.map(({ text }) => text));
      expect(answers.map(({ label }) => label)).toEqual(from.map(({ label }) => label));
    });
  }
}
