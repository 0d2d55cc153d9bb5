import type { Classifier } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { wordClassifier, wordTagger } from "../testing/word-models.js";
import type { LabelledText } from "./classifier-protocol.js";
import { compareClassifiers, compareTaggers } from "./compare.js";
import type { Disagreement } from "./comparison.js";
import { evaluateClassifier } from "./evaluate.js";
import { mcnemarExact } from "./statistics/mcnemar.js";
import { wilsonInterval } from "./statistics/wilson.js";

const keen = wordClassifier("keen", { negative: ["bad", "dull"], positive: ["good", "fine"] });
const plain = wordClassifier("plain", { negative: ["bad"], positive: ["good"] });
const contrary = wordClassifier("contrary", { negative: ["good"], positive: ["bad"] });
const items: LabelledText[] = Array.from({ length: 30 }, (_, i) =>
  i % 3 === 0
    ? { text: `bad ${i}`, label: "negative" }
    : { text: `${i % 3 === 1 ? "fine" : "good"} ${i}`, label: "positive" },
);

const named = (...models: Classifier[]) => models.map((model) => ({ name: model.card.id, model }));

/** Fails on every batch that holds such a text. */
function failingOn(model: Classifier, fails: (text: string) => boolean): Classifier {
  return {
    ...model,
    classify: async (texts, options) => {
      if (texts.some(fails)) throw new Error("out of memory");
      return model.classify(texts, options);
    },
  };
}

test("gives each model the figures that it has alone, with the interval of its accuracy", async () => {
  const { models, items: count } = await compareClassifiers(named(keen, plain), items);
  expect(count).toBe(30);
  for (const [i, model] of [keen, plain].entries()) {
    const { scores, byLabel } = await evaluateClassifier(model, items);
    expect(models[i]).toMatchObject({
      name: model.card.id,
      paradigm: "rule-based",
      family: "word list",
      scores,
      byLabel,
    });
  }
  const interval = wilsonInterval(20, 30);
  expect(models[1]?.correct).toEqual({ successes: 20, of: 30, rate: 20 / 30, interval });
});

test("tests every pair on the items that only one got right, corrected for three pairs", async () => {
  const { pairs } = await compareClassifiers(named(keen, plain, contrary), items, { batchSize: 7 });
  expect(
    pairs.map(({ models, onlyFirstCorrect, onlySecondCorrect }) => [...models, onlyFirstCorrect, onlySecondCorrect]),
  ).toEqual([
    ["keen", "plain", 10, 0],
    ["keen", "contrary", 30, 0],
    ["plain", "contrary", 20, 0],
  ]);
  expect(pairs.map(({ p }) => p)).toEqual([mcnemarExact(10, 0), mcnemarExact(30, 0), mcnemarExact(20, 0)]);
  expect(pairs[1]?.adjusted).toBe(3 * mcnemarExact(30, 0));
});

test("hands over the items on which models disagree, in order, and waits for each", async () => {
  const found: Disagreement<LabelledText>[] = [];
  const onDisagreement = async (disagreement: Disagreement<LabelledText>) => {
    await Promise.resolve();
    found.push(disagreement);
  };
  const { disagreements } = await compareClassifiers(named(keen, plain), items, { batchSize: 4, onDisagreement });
  expect(disagreements).toBe(10);
  expect(found.map(({ index }) => index)).toEqual([1, 4, 7, 10, 13, 16, 19, 22, 25, 28]);
  expect(found[0]).toEqual({
    index: 1,
    item: { text: "fine 1", label: "positive" },
    gold: "positive",
    predictions: { keen: "positive", plain: "negative" },
  });
});

test("records an item on which a model fails as a failure, neither right nor wrong", async () => {
  const frail = failingOn(keen, (text) => text === "fine 1" || text === "bad 3");
  const { models, pairs, disagreements } = await compareClassifiers(
    [
      { name: "frail", model: frail },
      { name: "plain", model: plain },
    ],
    items,
  );
  expect(models[0]).toMatchObject({
    answered: 28,
    failed: 2,
    scores: { accuracy: 1 },
    correct: { successes: 28, of: 28 },
  });
  expect(models[0]?.failures).toEqual([
    { index: 1, message: "out of memory" },
    { index: 3, message: "out of memory" },
  ]);
  expect(models[1]).toMatchObject({ answered: 30, failed: 0 });
  expect(pairs[0]).toMatchObject({ items: 28, onlyFirstCorrect: 9, onlySecondCorrect: 0 });
  expect(disagreements).toBe(9);
});

test("goes on without a model that fails on everything, and gives it no figure", async () => {
  const { models } = await compareClassifiers(
    named(
      plain,
      failingOn(keen, () => true),
    ),
    items,
  );
  expect(models[1]).toMatchObject({ answered: 0, failed: 30, scores: { accuracy: null, logLoss: null } });
  expect(models[1]?.failures).toHaveLength(10);
  expect(models[1]?.correct).toEqual({ successes: 0, of: 0, rate: null, interval: null });
});

test("does not take an abort for a failure", async () => {
  const controller = new AbortController();
  const options = { batchSize: 2, signal: controller.signal, onProgress: () => controller.abort() };
  await expect(compareClassifiers(named(keen, plain), items, options)).rejects.toMatchObject({ code: "aborted" });
});

test.each([
  ["one model", named(keen)],
  ["two models of one name", named(keen, keen)],
])("refuses %s", async (_, models) => {
  await expect(compareClassifiers(models, items)).rejects.toMatchObject({ code: "invalid-input" });
});

test.each([{ confidence: 1 }, { confidence: 0 }, { batchSize: 0 }])("refuses %j before any work", async (options) => {
  let read = 0;
  function* counted() {
    for (const item of items) {
      read++;
      yield item;
    }
  }
  await expect(compareClassifiers(named(plain, keen), counted(), options)).rejects.toMatchObject({
    code: "invalid-input",
  });
  expect(read).toBe(0);
});

test("compares taggers on sentences that are exactly right", async () => {
  const sentences = [
    { tokens: ["Ada", "met", "Bob"], tags: ["B-PER", "O", "B-PER"] },
    { tokens: ["It", "rains"], tags: ["O", "O"] },
  ];
  const found: Disagreement<unknown>[] = [];
  const comparison = await compareTaggers(
    [
      { name: "all", model: wordTagger("all", { Ada: "PER", Bob: "PER" }) },
      { name: "some", model: wordTagger("some", { Ada: "PER" }) },
    ],
    sentences,
    { onDisagreement: (each) => void found.push(each) },
  );
  expect(comparison.correctness).toBe("sentences exactly right");
  expect(comparison.models.map(({ correct }) => correct?.successes)).toEqual([2, 1]);
  expect(comparison.models[1]?.scores).toMatchObject({ precision: 1, recall: 0.5, f1: 2 / 3 });
  expect(found[0]?.predictions.some).toEqual([{ label: "PER", start: 0, end: 1 }]);
});
