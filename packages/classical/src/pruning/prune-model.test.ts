import type { Classifier } from "@bifocal/contracts";
import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { type TextParams, termsOf } from "../features/text-params.js";
import { openModel, openModelFile, trainModel } from "../learners.js";
import { encodeModel, type SavedModel } from "../model-file.js";
import { pruneModel } from "./prune-model.js";

const random = seededRandom(5);
/** Two labels, each with a frequent word of its own, much noise, and rare words. */
const items = Array.from({ length: 400 }, (_, i) => {
  const label = i % 2 === 0 ? "up" : "down";
  const noise = Array.from({ length: 6 }, () => `w${Math.floor(random() * 60)}`);
  return { label, text: [label === "up" ? "good" : "bad", ...noise, `rare${i}`].join(" ") };
});

const termsIn = ({ params }: SavedModel) => termsOf(params as TextParams);

async function accuracy(model: Classifier): Promise<number> {
  const decided = await model.classify(items.map(({ text }) => text.replace(/ rare\d+/, "")));
  return decided.filter(({ label }, i) => label === items[i].label).length / items.length;
}

test.each([
  ["logistic-regression", { ngrams: 1 }],
  ["logistic-regression", { ngrams: 2, inverseDocumentFrequency: true, scaleRows: true }],
  ["naive-bayes", { ngrams: 2, values: "count" }],
  ["naive-bayes", { ngrams: 1, event: "bernoulli" }],
  ["naive-bayes", { ngrams: 1, event: "complement" }],
])("%s with %j fits a size, just, and decides as before: what matters is kept", async (name, settings) => {
  const model = await trainModel(name, items, { id: "mine", settings });
  const maximumBytes = Math.round(encodeModel(model).length * 0.6);
  const pruned = pruneModel(model, { maximumBytes, texts: items.map(({ text }) => text) });
  expect(pruned.file.length).toBeLessThanOrEqual(maximumBytes);
  expect(pruned.file.length).toBeGreaterThan(maximumBytes - 100);
  expect(pruned.kept + pruned.dropped.count).toBe(termsIn(model).length);
  expect(termsIn(pruned.model)).toHaveLength(pruned.kept);
  expect(termsIn(pruned.model)).toEqual(expect.arrayContaining(["good", "bad"]));
  expect(termsIn(pruned.model)).not.toContain(pruned.dropped.strongest[0]);
  expect(await accuracy(openModelFile(pruned.file) as Classifier)).toBe(1);
});

test("a linear model keeps its weights: a text of the terms that are left has the scores that it had", async () => {
  const model = await trainModel("logistic-regression", items, { id: "mine", settings: { ngrams: 1 } });
  const pruned = pruneModel(model, { maximumBytes: Math.round(encodeModel(model).length * 0.7) });
  const text = termsIn(pruned.model).slice(0, 9).join(" ");
  const [before, after] = await Promise.all(
    [model, pruned.model].map((each) => (openModel(each) as Classifier).classify([text])),
  );
  expect(after).toEqual(before);
});

test("naive Bayes without a term is what it would be had it never seen it", async () => {
  const model = await trainModel("naive-bayes", items, { id: "mine", settings: { ngrams: 1 } });
  const pruned = pruneModel(model, { maximumBytes: Math.round(encodeModel(model).length * 0.7) });
  const left = new Set(termsIn(pruned.model));
  const without = items.map(({ text, label }) => ({
    label,
    text: text
      .split(" ")
      .filter((word) => left.has(word))
      .join(" "),
  }));
  const trained = openModel(await trainModel("naive-bayes", without, { id: "mine", settings: { ngrams: 1 } }));
  const texts = items.slice(0, 20).map(({ text }) => text);
  const scoresOf = async (each: Classifier) => (await each.classify(texts)).map(({ score }) => score);
  const expected = await scoresOf(trained as Classifier);
  for (const [i, score] of (await scoresOf(openModel(pruned.model) as Classifier)).entries())
    expect(score).toBeCloseTo(expected[i], 6);
});

test("a model that fits is left as it is; one that cannot is refused with the least that it takes", async () => {
  const model = await trainModel("naive-bayes", items, { id: "mine" });
  const whole = pruneModel(model, { maximumBytes: 10_000_000 });
  expect(whole).toMatchObject({ dropped: { count: 0, strongest: [] } });
  expect(whole.file).toEqual(encodeModel(model));
  expect(() => pruneModel(model, { maximumBytes: 100 })).toThrow(/cannot be smaller than \d+ bytes, with one term/);
  const writer = await trainModel("ngram", [{ text: "one two three" }], { id: "writer" });
  expect(() => pruneModel(writer, { maximumBytes: 100 })).toThrow(expect.objectContaining({ code: "unsupported" }));
});

test("as large a share of each label's terms is kept", async () => {
  const settings = { ngrams: 1, minimumDocuments: 1 };
  const model = await trainModel("naive-bayes", items, { id: "mine", settings });
  const kept = termsIn(pruneModel(model, { maximumBytes: Math.round(encodeModel(model).length * 0.6) }).model);
  const rare = kept.filter((term) => term.startsWith("rare")).map((term) => Number(term.slice(4)) % 2);
  expect(rare.length).toBeGreaterThan(50);
  expect(rare.filter((label) => label === 0).length / rare.length).toBeCloseTo(0.5, 1);
});
