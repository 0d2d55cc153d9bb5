import { type Classifier, type Density, hasDensity } from "@bifocal/contracts";
import { classifierChecks, densityChecks } from "@bifocal/contracts/testing";
import { describe, expect, test } from "vitest";
import type { LabelledText } from "../learner.js";
import { openModel, trainModel } from "../learners.js";
import type { GenerativeNaiveBayes } from "./naive-bayes.js";

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
  await expect(train({}, silent)).rejects.toThrow("No text has a term.");
  await expect(train({}, items.slice(0, 2))).rejects.toThrow('at least two labels; there is only "positive"');
});

test("training and asking stop when they are told to", async () => {
  const signal = AbortSignal.abort();
  const aborted = expect.objectContaining({ code: "aborted" });
  await expect(trainModel("naive-bayes", items, { id: "mine", signal })).rejects.toThrow(aborted);
  await expect((await train()).logProbability(["good"], { signal })).rejects.toThrow(aborted);
});

describe.each(["bernoulli", "gaussian", "complement"])("%s", (event) => {
  for (const { name, run } of classifierChecks(() => train({ event }))) test(name, run);
});
for (const { name, run } of densityChecks(() => train({ event: "bernoulli" }))) test(`bernoulli: ${name}`, run);

test("a Bernoulli text's probability counts the terms that it lacks, too", async () => {
  const model = (await train({ event: "bernoulli" })) as GenerativeNaiveBayes;
  // Columns: bad, film, good. Two of two positive texts have good, one film: (2 + 1) / (2 + 2), (1 + 1) / (2 + 2), 1 / (2 + 2).
  const positive = (2 / 3) * (3 / 4) * (1 - 2 / 4) * (1 - 1 / 4);
  const negative = (1 / 3) * (1 / 3) * (1 - 2 / 3) * (1 - 2 / 3);
  const [joint] = await model.logJoint(["good"]);
  expect([...joint]).toEqual([expect.closeTo(Math.log(negative), 10), expect.closeTo(Math.log(positive), 10)]);
  const [{ logProbability }] = await model.logProbability(["good"]);
  expect(Math.exp(logProbability)).toBeCloseTo(positive + negative, 10);
  const texts = ["", "bad", "film", "good", "bad film", "bad good", "film good", "bad film good"];
  const all = await model.logProbability(texts);
  expect(all.reduce((sum, each) => sum + Math.exp(each.logProbability), 0)).toBeCloseTo(1, 10);
});

test("the complement decides, and has no density and no samples", async () => {
  const model = await train({ event: "complement" });
  expect(hasDensity(model)).toBe(false);
  expect("sample" in model || "logJoint" in model).toBe(false);
  expect((await model.classify(["good"]))[0].label).toBe("positive");
});

test("uniform priors answer an empty text evenly, and weights of a complement too where they are normalized", async () => {
  expect(await chanceOfPositive(await train({ priors: "uniform" }), "")).toBeCloseTo(0.5, 12);
  expect(await chanceOfPositive(await train({ event: "complement" }), "")).toBeCloseTo(2 / 3, 12);
  const normalized = { event: "complement", normalizeWeights: true };
  expect(await chanceOfPositive(await train(normalized), "")).toBeCloseTo(0.5, 12);
});

test("counts tell more than presence, where they are asked for", async () => {
  const model = await train({ values: "count" });
  // Good three times, film once of positive; p(good | pos) = (3 + 1) / (4 + 3).
  const positive = (2 / 3) * (4 / 7) ** 2;
  const negative = (1 / 3) * (1 / 5) ** 2;
  expect(await chanceOfPositive(model, "good good")).toBeCloseTo(positive / (positive + negative), 10);
});

describe("samples", () => {
  const several: readonly LabelledText[] = [
    ...items,
    { text: "a long and warm and good film", label: "positive" },
    { text: "cold", label: "negative" },
  ];
  const model = async (event: string) =>
    (await train({ event, values: "count", smoothing: 0.1 }, several)) as GenerativeNaiveBayes;

  test.each(["multinomial", "bernoulli", "gaussian"])(
    "%s: the same seed draws the same row, another another",
    async (event) => {
      const { sample } = await model(event);
      expect(sample("positive", { seed: 1 })).toEqual(sample("positive", { seed: 1 }));
      expect(sample("positive", { seed: 1 })).not.toEqual(sample("positive", { seed: 2 }));
      const { indices, values } = sample("positive", { seed: 3 });
      expect(values).toHaveLength(indices.length);
      expect([...indices]).toEqual([...new Set(indices)].sort((a, b) => a - b));
    },
  );

  test("terms come as often as the label makes them, in texts as long as its own", async () => {
    const { sample } = await model("multinomial");
    const { terms, indices, values } = sample("positive", { seed: 1, length: 20_000 });
    // Of 11 terms and 9 columns: good stands 4 times among the positive, cold never.
    const share = (term: string) => terms.filter((each) => each === term).length / terms.length;
    expect(share("good")).toBeCloseTo(4.1 / (11 + 0.1 * 8), 1);
    expect(share("cold")).toBeCloseTo(0.1 / (11 + 0.1 * 8), 1);
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(20_000);
    expect(new Set(terms).size).toBe(indices.length);
    expect(sample("positive").terms).toHaveLength(Math.round(11 / 3));
  });

  test("a set has each term as often as the label's texts have it", async () => {
    const { sample } = await model("bernoulli");
    const drawn = Array.from({ length: 4000 }, (_, seed) => sample("positive", { seed }).terms);
    const share = (term: string) => drawn.filter((terms) => terms.includes(term)).length / drawn.length;
    expect(share("good")).toBeCloseTo(3.1 / 3.2, 1);
    expect(share("warm")).toBeCloseTo(1.1 / 3.2, 1);
    expect(share("bad")).toBeCloseTo(0.1 / 3.2, 1);
  });

  test("a Gaussian row is around the means of the label", async () => {
    const { sample } = await model("gaussian");
    const drawn = Array.from({ length: 2000 }, (_, seed) => sample("positive", { seed }));
    const good = drawn[0].terms.indexOf("good");
    const mean = drawn.reduce((sum, { values }) => sum + values[good], 0) / drawn.length;
    const variance = drawn.reduce((sum, { values }) => sum + (values[good] - mean) ** 2, 0) / drawn.length;
    expect(mean).toBeCloseTo(4 / 3, 1);
    expect(variance).toBeCloseTo(2 / 9, 1);
  });

  test("a label that is none, a length or a seed that cannot be, or another option is refused", async () => {
    const [{ sample }, set] = [await model("multinomial"), await model("bernoulli")];
    expect(() => sample("positiv")).toThrow('Did you mean "positive"?');
    for (const seed of [-1, 0.5, 2 ** 32])
      expect(() => sample("positive", { seed })).toThrow(expect.objectContaining({ code: "invalid-input" }));
    expect(() => sample("positive", { sed: 1 } as object)).toThrow('Did you mean "seed"?');
    expect(() => sample("positive", { length: 0 })).toThrow(expect.objectContaining({ code: "invalid-input" }));
    expect(() => set.sample("positive", { length: 3 })).toThrow(expect.objectContaining({ code: "unknown-option" }));
  });
});

test.each([
  [{ event: "poisson" }, 'event cannot be "poisson"'],
  [{ priors: "uniforn" }, 'Did you mean "uniform"?'],
])("the settings %j are refused", async (settings, message) => {
  await expect(train(settings)).rejects.toThrow(message);
});
