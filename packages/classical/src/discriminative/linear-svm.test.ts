import { type Classifier, seededRandom, shuffled } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { messages } from "../../testing/messages.js";
import type { LabelledText } from "../learner.js";
import { openModel, trainModel } from "../learners.js";

const weather: readonly LabelledText[] = [
  ...messages,
  { text: "rain at home", label: "weather" },
  { text: "rain and wind", label: "weather" },
];

async function train(from: readonly LabelledText[], settings: Record<string, unknown> = {}): Promise<Classifier> {
  return openModel(await trainModel("linear-svm", from, { id: "mine", settings })) as Classifier;
}

for (const { name, run } of classifierChecks(() => train(messages))) test(`two labels: ${name}`, run);
for (const { name, run } of classifierChecks(() => train(weather, { loss: "hinge" })))
  test(`three labels, hinge: ${name}`, run);
for (const { name, run } of classifierChecks(() => train(weather, { calibration: "platt", calibrationFolds: 2 })))
  test(`three labels, calibrated: ${name}`, run);

test("it gives margins: of two labels one and its opposite; calibrated, probabilities", async () => {
  const model = await train(messages, { l2: 1e-3 });
  expect(model.scoreKind).toBe("margin");
  const [{ label, scores }] = await model.classify(["a free prize"]);
  expect(label).toBe("spam");
  expect(scores[0].score).toBe(-scores[1].score);
  const calibrated = await train(messages, { calibration: "temperature", calibrationFolds: 2 });
  expect(calibrated.scoreKind).toBe("probability");
  const [{ scores: shares }] = await calibrated.classify(["a free prize"]);
  expect(shares[0].score + shares[1].score).toBeCloseTo(1, 12);
});

test("training texts are beyond the margin where the penalty is weak, and the order of items does not matter", async () => {
  const [model, other] = await Promise.all(
    [weather, shuffled(weather, seededRandom(4))].map((each) => train(each, { l2: 1e-6, tolerance: 1e-6 })),
  );
  const texts = weather.map(({ text }) => text);
  const [answers, others] = await Promise.all([model.classify(texts), other.classify(texts)]);
  for (const [i, { label, score }] of answers.entries()) {
    expect(label).toBe(weather[i].label);
    expect(score).toBeGreaterThan(0.99);
    expect(others[i].score).toBeCloseTo(score, 2);
  }
});

test("balanced labels lift the rare one", async () => {
  const rare = [...messages.slice(2), ...messages.slice(3)];
  const score = async (classWeight: string) => {
    const [{ scores }] = await (await train(rare, { classWeight, l2: 0.1 })).classify(["now"]);
    return scores.find(({ label }) => label === "spam")?.score as number;
  };
  expect(await score("balanced")).toBeGreaterThan(await score("none"));
});

test("a label that counts five times is its items five times", async () => {
  const spam = messages.filter(({ label }) => label === "spam");
  const five = [...messages, ...spam, ...spam, ...spam, ...spam];
  const precise = { tolerance: 1e-8 };
  for (const [learner, settings] of [
    ["linear-svm", precise],
    ["logistic-regression", precise],
    ["nbsvm", precise],
    ["naive-bayes", {}],
  ] as const) {
    const answers = async (items: typeof messages, classWeight: string) => {
      const model = openModel(await trainModel(learner, items, { id: "mine", settings: { ...settings, classWeight } }));
      return (await (model as Classifier).classify(["free lunch now", "call"])).map(({ scores }) => scores);
    };
    const [weighted, repeated] = await Promise.all([answers(messages, "spam=5, ham=1"), answers(five, "none")]);
    for (const [i, scores] of weighted.entries())
      for (const { label, score } of scores)
        expect(repeated[i].find((other) => other.label === label)?.score, learner).toBeCloseTo(score, 3);
  }
});

test.each([
  [{ loss: "squared" }, "squared-hinge"],
  [{ optimizer: "sgd" }, "lbfgs"],
  [{ classWeight: "even" }, "balanced"],
  [{ classWeight: "spam=x" }, "spam=5,ham=1"],
  [{ classWeight: "spam=0" }, "from 1e-9 to 1e9"],
  [{ classWeight: "spam=5,spam=1" }, "each label=weight once"],
  [{ classWeight: "spm=2" }, 'Did you mean "spam"'],
  [{ calibration: "plat" }, "platt"],
])("a setting that is none of its names is refused, with the nearest: %o", async (settings, hint) => {
  await expect(train(messages, settings)).rejects.toThrow(hint);
});
