import { expect, test } from "vitest";
import { wordClassifier } from "../testing/word-models.js";
import type { LabelledText } from "./classifier-protocol.js";
import { evaluateClassifier } from "./evaluate.js";
import { type Learner, type LearningCurveOptions, learningCurve } from "./learning-curve.js";

const train: LabelledText[] = Array.from({ length: 40 }, (_, i) => ({
  text: `word${i}`,
  label: i % 2 === 0 ? "even" : "odd",
}));
const given: (readonly LabelledText[])[] = [];

/** Remembers each word's label: right on what it has read, a guess elsewhere. */
const memory: Learner<ReturnType<typeof wordClassifier>, LabelledText> = {
  name: "memory",
  train: (items) => {
    given.push(items);
    const wordsOf = (wanted: string) => items.filter(({ label }) => label === wanted).map(({ text }) => text);
    return wordClassifier("memory", { even: wordsOf("even"), odd: wordsOf("odd") });
  },
};

const options: LearningCurveOptions<ReturnType<typeof wordClassifier>, LabelledText> = {
  learners: [memory],
  train,
  test: train,
  sizes: [40, 10, 20, 20],
  seed: 3,
  evaluate: evaluateClassifier,
};

test("trains on nested subsets in growing sizes and gets better with them", async () => {
  given.length = 0;
  const { points, seed } = await learningCurve(options);
  expect(seed).toBe(3);
  expect(points.map(({ size }) => size)).toEqual([10, 20, 40]);
  expect(given[1]?.slice(0, 10)).toEqual(given[0]);
  expect(given[2]?.slice(0, 20)).toEqual(given[1]);
  const accuracies = points.map((point) => ("evaluation" in point ? point.evaluation.scores.accuracy : null));
  expect(accuracies).toEqual([...accuracies].sort());
  expect(accuracies[2]).toBe(1);
});

test("draws the same subsets with the same seed, others with another", async () => {
  given.length = 0;
  for (const seed of [3, 3, 4]) await learningCurve({ ...options, sizes: [10], seed });
  expect(given[1]).toEqual(given[0]);
  expect(given[2]).not.toEqual(given[0]);
});

test("closes each model", async () => {
  let closed = 0;
  const closing: typeof memory = {
    name: "closing",
    train: async (items, call) => ({
      ...(await memory.train(items, call)),
      [Symbol.asyncDispose]: async () => void closed++,
    }),
  };
  await learningCurve({ ...options, learners: [closing] });
  expect(closed).toBe(3);
});

test("records where a learner fails, and goes on", async () => {
  const picky: typeof memory = {
    name: "picky",
    train: (items, call) => {
      if (items.length < 20) throw new Error("too few items");
      return memory.train(items, call);
    },
  };
  const { points } = await learningCurve({ ...options, learners: [picky, memory], sizes: [10, 20] });
  expect(points[0]).toEqual({ learner: "picky", size: 10, failure: "too few items" });
  expect(points.map((point) => "evaluation" in point)).toEqual([false, true, true, true]);
});

test.each([[[]], [[0]], [[41]], [[1.5]]])("refuses the sizes %j", async (sizes) => {
  await expect(learningCurve({ ...options, sizes })).rejects.toMatchObject({ code: "invalid-input" });
});

test("stops where it is aborted", async () => {
  const controller = new AbortController();
  const running = learningCurve({ ...options, signal: controller.signal, onPoint: () => controller.abort() });
  await expect(running).rejects.toMatchObject({ code: "aborted" });
});
