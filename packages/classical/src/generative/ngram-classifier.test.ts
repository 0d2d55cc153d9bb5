import type { Classifier } from "@bifocal/contracts";
import { densityChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { openModel, trainModel } from "../learners.js";
import { sampleItems } from "../testing/sample-items.js";
import type { JointDensity } from "./joint-density.js";

const items = [
  { text: "the cat sat on the mat", label: "english" },
  { text: "the dog ate the bone of the cat", label: "english" },
  { text: "le chat dort sur le lit", label: "french" },
  { text: "le chien mange un os", label: "french" },
  { text: "la porte est sur la rue", label: "french" },
];

async function train(
  settings: Readonly<Record<string, unknown>> = {},
  from: Parameters<typeof trainModel>[1] = items,
): Promise<Classifier & JointDensity> {
  return openModel(await trainModel("ngram-classifier", from, { id: "mine", settings })) as Classifier & JointDensity;
}

for (const { name, run } of densityChecks(() => train({}, sampleItems["labelled-texts"]))) test(name, run);

test("tells languages by their letters", async () => {
  const answers = await (await train({ minimumCount: 1 })).classify(["the cot", "une chaise"]);
  expect(answers.map(({ label }) => label)).toEqual(["english", "french"]);
});

test("its scores are the shares of prior times likelihood, and its density is their sum", async () => {
  const model = await train({ unit: "words", bits: 0, minimumCount: 1 });
  const texts = ["the cat", "le chat ate", "zebra", ""];
  const [joint, answers, densities] = [
    await model.logJoint(texts),
    await model.classify(texts),
    await model.logProbability(texts),
  ];
  for (const [i, logs] of joint.entries()) {
    const sum = logs.reduce((total, log) => total + Math.exp(log), 0);
    expect(Math.exp(densities[i].logProbability)).toBeCloseTo(sum, 12);
    for (const { label, score } of answers[i].scores)
      expect(score).toBeCloseTo(Math.exp(logs[model.labels.indexOf(label)]) / sum, 10);
  }
});

test("what no label says more about is decided by the prior", async () => {
  const alike = ["a", "b", "a", "a"].map((label) => ({ text: "one two", label }));
  const [data] = await (await train({}, alike)).classify([""]);
  const [uniform] = await (await train({ priors: "uniform" }, alike)).classify([""]);
  expect(data?.label).toBe("a");
  expect(uniform?.scores[0]?.score).toBeLessThan(data?.scores[0]?.score ?? 0);
});

test("spells what it does not know, the same for every label", async () => {
  const model = await train({ unit: "words", minimumCount: 1 });
  const [short, long] = await model.logProbability(["the zebra", "the zebrazebra"]);
  expect(short?.logProbability).toBeGreaterThan((long?.logProbability ?? 0) + 5 * Math.log(2));
  const [a, b] = await model.classify(["the zebra", "the zebrazebra"]);
  expect(a?.scores).toEqual(b?.scores);
});

test.each([
  [{ unit: "letters" }, 'unit cannot be "letters"'],
  [{ priors: "flat" }, 'priors cannot be "flat"'],
  [{ cutoffs: "0 2 1" }, 'The cutoffs are "0 2 1"'],
  [{ cutoffs: "1" }, "the first 0"],
  [{ cutoffs: "0 x" }, "whole numbers"],
])("refuses the settings %j", async (settings, message) => {
  await expect(train(settings)).rejects.toMatchObject({ code: "invalid-input" });
  await expect(train(settings)).rejects.toThrow(message);
});

test("counts texts whole: half a text is refused", async () => {
  await expect(train({}, [...items, { text: "half", label: "english", weight: 0.5 }])).rejects.toThrow("weight 0.5");
});
