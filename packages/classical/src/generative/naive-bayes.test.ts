import type { Classifier, Density } from "@bifocal/contracts";
import { classifierChecks, densityChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import type { LabelledText } from "../learner.js";
import { openModel, trainModel } from "../learners.js";

/** Terms: good 2 (pos), film 1 + 1, bad 1 (neg); 2 of 3 texts are positive. */
const items: readonly LabelledText[] = [
  { text: "good film", label: "positive" },
  { text: "good good", label: "positive" },
  { text: "bad film", label: "negative" },
];

async function train(settings: Record<string, unknown> = {}, from = items): Promise<Classifier & Density> {
  const saved = await trainModel("naive-bayes", from, { id: "mine", settings: { ngrams: 1, ...settings } });
  return openModel(saved) as Classifier & Density;
}

async function chanceOfPositive(model: Classifier, text: string): Promise<number> {
  const [result] = await model.classify([text]);
  return result.scores.find(({ label }) => label === "positive")?.score ?? Number.NaN;
}

for (const { name, run } of classifierChecks(() => train())) test(name, run);
for (const { name, run } of densityChecks(() => train())) test(name, run);

/** One text, two and two: shares whose logarithms add up to a hair more than 1. */
const uneven = ["a", "b", "b", "c", "c"].map((label) => ({ text: label, label }));
for (const { name, run } of densityChecks(() => train({}, uneven))) test(`uneven labels: ${name}`, run);

test("the probability of a label is its share times that of each term, as reckoned by hand", async () => {
  // Positive has 3 terms, negative 2, of a vocabulary of 3: p(good | pos) = (2 + 1) / (3 + 3), p(good | neg) = 1 / 5.
  const positive = (2 / 3) * (3 / 6);
  const negative = (1 / 3) * (1 / 5);
  expect(await chanceOfPositive(await train(), "good")).toBeCloseTo(positive / (positive + negative), 6);
});

test("a term counts once however often a text has it, and an unknown one not at all", async () => {
  const model = await train();
  const once = await chanceOfPositive(model, "good");
  expect(await chanceOfPositive(model, "good good, good!")).toBe(once);
  expect(await chanceOfPositive(model, "good zebra")).toBe(once);
});

test("smoothing is what every count is raised by", async () => {
  // (2 + 0.1) / (3 + 0.3) against 0.1 / (2 + 0.3).
  const positive = (2 / 3) * (2.1 / 3.3);
  const negative = (1 / 3) * (0.1 / 2.3);
  expect(await chanceOfPositive(await train({ smoothing: 0.1 }), "good")).toBeCloseTo(
    positive / (positive + negative),
    6,
  );
  expect(await chanceOfPositive(await train({ smoothing: 1000 }), "good")).toBeCloseTo(2 / 3, 2);
});

test("an empty text is answered from the share of each label", async () => {
  expect(await chanceOfPositive(await train(), "")).toBeCloseTo(2 / 3, 12);
});

test("a text's density is the sum of its joint probabilities over the labels", async () => {
  const [{ logProbability, tokens, bytes, over }] = await (await train()).logProbability(["Good Žižek"]);
  expect(Math.exp(logProbability)).toBeCloseTo((2 / 3) * (3 / 6) + (1 / 3) * (1 / 5), 6);
  expect({ tokens, bytes, over }).toEqual({ tokens: 1, bytes: 12, over: "features" });
});

test("a familiar text is likelier than one that mixes what never stood together", async () => {
  const [familiar, mixed, empty] = await (await train()).logProbability(["bad film", "bad good", ""]);
  expect(familiar.logProbability).toBeGreaterThan(mixed.logProbability);
  expect(empty.logProbability).toBeCloseTo(0, 12);
});

test("the order of the items does not matter, to the bit", async () => {
  const run = (from: readonly LabelledText[]) => trainModel("naive-bayes", from, { id: "mine" });
  expect(await run([...items].reverse())).toEqual(await run(items));
});

test("texts of one label cannot be learned from, nor texts without a term", async () => {
  const silent = ["", " "].map((text, i) => ({ text, label: `${i}` }));
  await expect(train({}, silent)).rejects.toThrow("No term stands in 1 texts.");
  await expect(train({}, items.slice(0, 2))).rejects.toThrow('at least two labels; there is only "positive"');
});

test("training and asking stop when they are told to", async () => {
  const signal = AbortSignal.abort();
  const aborted = expect.objectContaining({ code: "aborted" });
  await expect(trainModel("naive-bayes", items, { id: "mine", signal })).rejects.toThrow(aborted);
  await expect((await train()).logProbability(["good"], { signal })).rejects.toThrow(aborted);
});
