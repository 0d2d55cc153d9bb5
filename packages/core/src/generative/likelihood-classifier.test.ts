import { fileURLToPath } from "node:url";
import type { ConditionalDensity, GivenText, Model, ModelCard } from "@bifocal/contracts";
import { hasConditionalDensity } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { afterAll, expect, test } from "vitest";
import { openOnnxModel } from "../open-onnx-model.js";
import { likelihoodClassifier } from "./likelihood-classifier.js";

const card: ModelCard = {
  id: "fake/writer",
  task: "text-generation",
  paradigm: "generative",
  family: "fake",
  languages: [],
  licence: "MIT",
  source: "here",
  trainedOn: [],
};

/** A model whose ln p is given by a function of what is given and what follows; it remembers what it was asked. */
function writer(logOf: (pair: GivenText) => number): Model & ConditionalDensity & { readonly asked: GivenText[] } {
  const asked: GivenText[] = [];
  return {
    card,
    asked,
    async logProbabilityGiven(pairs) {
      asked.push(...pairs);
      return pairs.map((pair) => ({ logProbability: logOf(pair), tokens: 1, bytes: 1, over: "text-given-another" }));
    },
    async [Symbol.asyncDispose]() {},
  };
}

const labels = { good: " great", bad: " poor" };

test("a label is as likely as its text after the prompt, shared among the labels", async () => {
  const model = writer(({ text }) => Math.log(text === " great" ? 0.06 : 0.02));
  const [result] = await likelihoodClassifier(model, { labels, template: "{} It is" }).classify(["A film."]);
  expect(model.asked).toEqual([
    { given: "A film. It is", text: " great" },
    { given: "A film. It is", text: " poor" },
  ]);
  expect(result?.label).toBe("good");
  expect(result?.score).toBeCloseTo(0.75, 10);
});

test("a channel asks how likely the text is after the label", async () => {
  const model = writer(({ given }) => (given.includes("poor") ? -1 : -3));
  const classify = likelihoodClassifier(model, { labels, direction: "channel", template: "It was{}: " });
  expect((await classify.classify(["A $& film."]))[0]?.label).toBe("bad");
  expect(model.asked[0]).toEqual({ given: "It was great: ", text: "A $& film." });
});

test("what a label scores without content is taken away, and asked for once", async () => {
  const model = writer(({ given, text }) => (text === " great" ? -1 : given.startsWith("N/A") ? -5 : -3));
  const classifier = likelihoodClassifier(model, { labels, contentFree: "N/A" });
  expect((await classifier.classify(["a", "b"])).map(({ label }) => label)).toEqual(["bad", "bad"]);
  await classifier.classify(["c"]);
  expect(model.asked.filter(({ given }) => given === "N/A\n")).toHaveLength(2);
});

test.each([
  [{ labels: { one: "x" } }, "two labels"],
  [{ labels: { one: "x", two: "" } }, '"two" needs a text'],
  [{ labels, template: "no place" }, 'needs "{}"'],
])("%j is refused", (options, message) => {
  expect(() =>
    likelihoodClassifier(
      writer(() => 0),
      options,
    ),
  ).toThrow(message);
});

const folder = fileURLToPath(new URL("../../../../tests/fixtures/onnx/decoder", import.meta.url));
const opening = openOnnxModel("text-generation", folder);
afterAll(async () => (await opening)[Symbol.asyncDispose]());

for (const { name, run } of classifierChecks(async () => {
  const model = await opening;
  if (!hasConditionalDensity(model)) throw new Error("the decoder says no likelihoods");
  return likelihoodClassifier(model, { labels: { cat: " cat", dog: " dog" }, contentFree: "Once" });
}))
  test(name, run);
