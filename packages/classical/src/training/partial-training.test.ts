import { describe, expect, test } from "vitest";
import { openModel, openModelFile, trainModel } from "../learners.js";
import { encodeModel } from "../model-file.js";
import { answersOf } from "../testing/answers.js";
import { sampleItems } from "../testing/sample-items.js";
import { trainPartially } from "./partial-training.js";

const items = sampleItems["labelled-texts"];
const labels = [...new Set(items.map(({ label }) => label))];
const options = { id: "mine", labels, settings: { hashBits: 12 } };
const texts = items.slice(0, 10).map(({ text }) => text);

describe.each(["naive-bayes", "online-logistic-regression"])("%s", (name) => {
  test("the same texts in the same order give the same model, in however many calls", () => {
    const whole = trainPartially(name, options);
    whole.partialFit(items);
    const pieces = trainPartially(name, options);
    for (let at = 0; at < items.length; at += 7) {
      pieces.partialFit(items.slice(at, at + 7));
      pieces.partialFit([]);
    }
    expect(encodeModel(pieces.model())).toEqual(encodeModel(whole.model()));
  });

  test("a model is one of its own: it answers as before once more is learned, and once saved", async () => {
    const training = trainPartially(name, options);
    training.partialFit(items.slice(0, 20));
    const saved = training.model();
    const before = await answersOf(openModel(saved), texts);
    training.partialFit(items);
    expect(await answersOf(openModelFile(encodeModel(saved)), texts)).toEqual(before);
    expect(await answersOf(openModel(training.model()), texts)).not.toEqual(before);
    expect(saved.card).toMatchObject({ id: "mine", training: { learner: name, items: 20 } });
    expect(openModel(saved).trainingTexts?.size).toBeGreaterThan(0);
  });

  test("what it cannot do is refused, and nothing is learned by it", () => {
    const training = trainPartially(name, options);
    expect(() => training.model()).toThrow("Nothing is learned yet");
    expect(() => training.partialFit([...items, { text: "new", label: "unheard of" }])).toThrow('"unheard of"');
    expect(() => training.model()).toThrow("Nothing is learned yet");
    const refused = (settings: Record<string, unknown>, more: object = {}) =>
      expect(() => trainPartially(name, { ...options, settings, ...more })).toThrow(
        expect.objectContaining({ code: "invalid-input" }),
      );
    refused({ hashBits: 0 });
    refused({ inverseDocumentFrequency: true });
    refused({}, { labels: ["one", "one"] });
  });
});

test("naive Bayes learns the same in pieces as from all texts at once", async () => {
  const training = trainPartially("naive-bayes", options);
  training.partialFit(items);
  const { params } = await trainModel("naive-bayes", items, { id: "mine", settings: options.settings });
  expect(training.model().params).toEqual(params);
});

test("a label without a text, balanced labels and a learner of all items at once are told apart", () => {
  const training = trainPartially("naive-bayes", { ...options, labels: [...labels, "absent"] });
  training.partialFit(items);
  expect(() => training.model()).toThrow('"absent"');
  expect(() => trainPartially("naive-bayes", { ...options, settings: { classWeight: "balanced" } })).toThrow(
    "balanced",
  );
  expect(() => trainPartially("linear-svm", options)).toThrow("naive-bayes and online-logistic-regression");
});
