import type { Classifier, Density } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { describe, expect, test } from "vitest";
import { openModel, openModelFile, trainModel } from "./learners.js";
import { encodeModel } from "./model-file.js";

const items = [
  { text: "good warm film", label: "positive" },
  { text: "warm and funny", label: "positive" },
  { text: "dull cold film", label: "negative" },
  { text: "cold and slow", label: "negative" },
  { text: "he returns to the village", label: "neutral" },
];
const train = (learner: string, given = items) =>
  openModel(trainModel(learner, given, { id: "trained" })) as Classifier;
const classifyOne = async (model: Classifier, text: string) => (await model.classify([text]))[0];

describe.each(["logistic-regression", "naive-bayes"])("%s", (learner) => {
  for (const { name, run } of classifierChecks(() => train(learner))) test(name, run);

  test("learns what its items say", async () => {
    const results = await train(learner).classify(["a warm good film", "slow and cold", "the village"]);
    expect(results.map(({ label }) => label)).toEqual(["positive", "negative", "neutral"]);
  });

  test("gives the same model whatever the order of the items, to the last bit when trained twice", async () => {
    expect(encodeModel(trainModel(learner, items, { id: "x" }))).toEqual(
      encodeModel(trainModel(learner, items, { id: "x" })),
    );
    const forward = await classifyOne(train(learner), "a warm cold film");
    const backward = await classifyOne(train(learner, items.toReversed()), "a warm cold film");
    expect(backward?.label).toBe(forward?.label);
    expect(backward?.score).toBeCloseTo(forward?.score ?? 0, 6);
  });

  test("answers from its file as from memory", async () => {
    const saved = trainModel(learner, items, { id: "x" });
    const reopened = openModelFile(encodeModel(saved)) as Classifier;
    expect(await classifyOne(reopened, "warm film")).toEqual(
      await classifyOne(openModel(saved) as Classifier, "warm film"),
    );
    expect(reopened.trainingTexts?.size).toBe(items.length);
  });

  test("needs two labels and a term to learn from", () => {
    expect(() => train(learner, items.slice(0, 2))).toThrow(expect.objectContaining({ code: "invalid-input" }));
    expect(() => train(learner, [])).toThrow(expect.objectContaining({ code: "invalid-input" }));
    const empty = [
      { text: "", label: "a" },
      { text: " ", label: "b" },
    ];
    expect(() => train(learner, empty)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });

  test("refuses unknown settings with the nearest, and values out of range", () => {
    const with_ = (settings: object) => () => trainModel(learner, items, { id: "x", settings: { ...settings } });
    expect(with_({ ngram: 2 })).toThrow('"ngrams"');
    expect(with_({ ngrams: 0 })).toThrow(expect.objectContaining({ code: "invalid-input" }));
    expect(() => trainModel(learner, items, { id: "x", task: "ner" })).toThrow(
      expect.objectContaining({ code: "wrong-task" }),
    );
  });
});

test("an empty text gets naive Bayes' prior", async () => {
  const { scores = [] } = (await classifyOne(train("naive-bayes"), "")) ?? {};
  expect(Object.fromEntries(scores.map(({ label, score }) => [label, Math.round(score * 1000) / 1000]))).toEqual({
    negative: 0.4,
    neutral: 0.2,
    positive: 0.4,
  });
});

test("naive Bayes has the probabilities that the formula gives by hand", async () => {
  const pair = [
    { text: "a b", label: "x" },
    { text: "a", label: "y" },
  ];
  const model = openModel(trainModel("naive-bayes", pair, { id: "hand", settings: { ngrams: 1 } })) as Classifier &
    Density;
  // p(x) p(a|x) = 1/2 · 2/4, p(y) p(a|y) = 1/2 · 2/3
  expect((await classifyOne(model, "a"))?.score).toBeCloseTo(1 / 3 / (1 / 3 + 1 / 4), 6);
  const [density] = await model.logProbability(["a"]);
  expect(density?.logProbability).toBeCloseTo(Math.log(1 / 3 + 1 / 4), 6);
  expect(density?.over).toBe("features");
});
