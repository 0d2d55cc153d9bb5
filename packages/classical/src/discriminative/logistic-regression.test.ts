import { type Classifier, seededRandom, shuffled } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { messages } from "../../testing/messages.js";
import { type SparseDataset, sparseDataset } from "../features/sparse-dataset.js";
import type { LabelledText } from "../learner.js";
import { openModel, trainModel } from "../learners.js";
import { trainLinear } from "./train-linear.js";

const weather: readonly LabelledText[] = [...messages, { text: "rain at home", label: "weather" }];

async function train(from: readonly LabelledText[], settings: Record<string, unknown> = {}): Promise<Classifier> {
  return openModel(await trainModel("logistic-regression", from, { id: "mine", settings })) as Classifier;
}

async function probabilities(model: Classifier, text: string): Promise<Record<string, number>> {
  const [result] = await model.classify([text]);
  return Object.fromEntries(result.scores.map(({ label, score }) => [label, score]));
}

for (const { name, run } of classifierChecks(() => train(messages))) test(`two labels: ${name}`, run);
for (const { name, run } of classifierChecks(() => train(weather, { scaleRows: true, inverseDocumentFrequency: true })))
  test(`three labels, weighted: ${name}`, run);

/** Mean logistic loss + (l2 / 2)‖w‖² of dense softmax regression, by plain gradient descent: written apart from the learner. */
function leastByDescent(data: SparseDataset, l2: number): number {
  const x = Array.from({ length: data.rows }, (_, row) => {
    const dense = new Array<number>(data.columns).fill(0);
    for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++) dense[data.indices[k]] = data.values[k];
    return dense;
  });
  const w = new Array<number>(data.columns).fill(0);
  let bias = 0;
  const chance = (row: readonly number[]) => 1 / (1 + Math.exp(-row.reduce((z, value, j) => z + value * w[j], bias)));
  for (let step = 0; step < 20_000; step++) {
    const errors = x.map((row, i) => chance(row) - data.targets[i]);
    for (let j = 0; j < w.length; j++)
      w[j] -= 0.3 * (errors.reduce((sum, error, i) => sum + error * x[i][j], 0) / data.rows + l2 * w[j]);
    bias -= (0.3 * errors.reduce((sum, error) => sum + error, 0)) / data.rows;
  }
  const loss = x.reduce((sum, row, i) => sum - Math.log(data.targets[i] === 1 ? chance(row) : 1 - chance(row)), 0);
  return loss / data.rows + (l2 / 2) * w.reduce((sum, each) => sum + each * each, 0);
}

test("what it reaches is the least of mean loss + (l2 / 2)‖w‖², as plain gradient descent finds it", async () => {
  const random = seededRandom(1);
  const labels = Array.from({ length: 20 }, (_, i) => ({ label: i % 3 === 0 ? "a" : "b" }));
  const rows = labels.map(() => {
    const indices = Uint32Array.from([0, 1, 2, 3].filter(() => random() < 0.6));
    return { indices, values: Float32Array.from(indices, () => random() * 2 - 1) };
  });
  const data = sparseDataset(rows, 4, labels);
  const l2 = 0.05;
  for (const optimizer of ["lbfgs", "dual-coordinate-descent"] as const) {
    const options = { loss: "logistic", multiclass: "multinomial", l1: 0, bias: true, seed: 1 } as const;
    const trained = await trainLinear(data, { ...options, l2, optimizer, tolerance: 1e-9, iterations: 1000 });
    expect(trained.objective).toBeCloseTo(leastByDescent(data, l2), 6);
  }
});

test("it answers what it learned, and a stronger penalty makes it less sure", async () => {
  expect((await (await train(messages)).classify(["a free prize", "lunch at home"])).map(({ label }) => label)).toEqual(
    ["spam", "ham"],
  );
  const [weak, strong] = await Promise.all(
    [1e-4, 1].map(async (l2) => probabilities(await train(messages, { l2 }), "free prize")),
  );
  expect(weak.spam).toBeGreaterThan(strong.spam);
});

test("an empty text, or one of unknown words, is answered from the biases: near the share of each label", async () => {
  const model = await train(messages, { l2: 1000, tolerance: 1e-6 });
  const empty = await probabilities(model, "");
  expect(empty.spam).toBeCloseTo(3 / 7, 2);
  expect(await probabilities(model, "東京 zzz")).toEqual(empty);
});

test("other names for the labels change nothing else", async () => {
  const renamed = messages.map(({ text, label }) => ({ text, label: label === "spam" ? "a" : "b" }));
  const [before, after] = [await train(messages), await train(renamed)];
  for (const { text } of messages) {
    const { spam, ham } = await probabilities(before, text);
    expect(await probabilities(after, text)).toEqual({ a: expect.closeTo(spam, 3), b: expect.closeTo(ham, 3) });
  }
});

test("the order of the items does not matter", async () => {
  const [before, after] = [await train(weather), await train(shuffled(weather, seededRandom(2)))];
  for (const { text } of weather)
    for (const [label, score] of Object.entries(await probabilities(before, text)))
      expect((await probabilities(after, text))[label]).toBeCloseTo(score, 3);
});

test("every item twice is the same as every item once", async () => {
  const [once, twice] = [await train(messages), await train([...messages, ...messages])];
  for (const { text } of messages)
    expect((await probabilities(twice, text)).spam).toBeCloseTo((await probabilities(once, text)).spam, 3);
});

test("training twice gives the same bits", async () => {
  const run = () => trainModel("logistic-regression", weather, { id: "mine" });
  expect(await run()).toEqual(await run());
});

test("texts of one label cannot be learned from, nor texts without a common term", async () => {
  await expect(train(messages.slice(0, 3))).rejects.toThrow('at least two labels; there is only "spam"');
  await expect(train([])).rejects.toMatchObject({ code: "invalid-input" });
  await expect(train(messages, { minimumDocuments: 9 })).rejects.toThrow(
    "No term stands in 9 texts. Lower minimumDocuments",
  );
});

test("training stops when it is told to", async () => {
  const signal = AbortSignal.abort();
  await expect(trainModel("logistic-regression", messages, { id: "mine", signal })).rejects.toMatchObject({
    code: "aborted",
  });
});
