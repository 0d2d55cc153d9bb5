import { type Classifier, canExplain, type Explains } from "@bifocal/contracts";
import { explanationChecks } from "@bifocal/contracts/testing";
import { describe, expect, test } from "vitest";
import { calibrate } from "../calibration/calibration.js";
import { openModel, trainModel } from "../learners.js";
import type { LinearScores } from "./linear-scores.js";
import { scoreDirection } from "./score-direction.js";

const two = [
  { text: "a good film, really good", label: "up" },
  { text: "good fun: good!", label: "up" },
  { text: "a bad film, bad", label: "down" },
  { text: "not good, bad", label: "down" },
];
const three = [...two, { text: "rain at home", label: "weather" }];

async function train(learner: string, items: typeof two, settings = {}): Promise<Classifier & Explains> {
  const model = openModel(await trainModel(learner, items, { id: "mine", settings })) as Classifier;
  if (!canExplain(model)) throw new Error(`${learner} cannot explain itself`);
  return model;
}

const weighed = { values: "logarithm", inverseDocumentFrequency: true, scaleRows: true };

describe.each([
  ["logistic-regression", "two labels", two, {}],
  ["logistic-regression", "three labels", three, weighed],
  ["linear-svm", "two labels", two, { ngrams: 1 }],
  ["linear-svm", "two labels, calibrated", [...two, ...two], { calibration: "platt", calibrationFolds: 2 }],
  ["linear-svm", "three labels", three, { scaleRows: true }],
  ["naive-bayes", "two labels", two, { values: "count", withoutAddresses: true }],
  ["naive-bayes", "three labels", three, { ngrams: 3 }],
  ["naive-bayes", "hashed characters", two, { ngrams: 1, shortestCharacters: 2, longestCharacters: 3, hashBits: 10 }],
] as const)("%s, %s", (learner, _, items, settings) => {
  for (const { name, run } of explanationChecks(() => train(learner, [...items], settings))) test(name, run);
});

test("a term's weight is shared by the places where it stands, and there by its tokens", async () => {
  const model = await train("naive-bayes", two);
  const [alone, twice, none] = await model.explain(["good", "Good! good", "zzz"], { label: "up" });
  const pair = (await model.explain(["good !"], { label: "up" }))[0];
  const weights = (of: typeof alone) => of.contributions.map(({ weight }) => weight);
  const [good] = weights(alone);
  const [mark] = weights((await model.explain(["!"], { label: "up" }))[0]);
  expect(good).toBeGreaterThan(0);
  // "good !" is a term itself, of which each token has a half.
  const half = (weights(pair)[0] + weights(pair)[1] - good - mark) / 2;
  expect(half).not.toBeCloseTo(0, 2);
  expect(weights(pair)).toEqual([expect.closeTo(good + half, 10), expect.closeTo(mark + half, 10)]);
  expect(weights(twice)).toEqual([good / 2 + half, mark + half, good / 2].map((each) => expect.closeTo(each, 10)));
  expect(none).toMatchObject({ bias: 0, score: 0, contributions: [{ text: "zzz", start: 0, end: 3, weight: 0 }] });
});

test("naive Bayes explains by mean log-likelihood ratios and log-prior ratios", async () => {
  const model = await train("naive-bayes", three, { ngrams: 1, values: "count" });
  const [{ bias, contributions }] = await model.explain(["rain"], { label: "weather" });
  // Tokens of up, down and weather: 11, 9, 3; of 13 different terms.
  const likelihood = [1 / (11 + 13), 1 / (9 + 13), 2 / (3 + 13)].map(Math.log);
  expect(contributions[0].weight).toBeCloseTo(likelihood[2] - (likelihood[0] + likelihood[1]) / 2, 5);
  expect(bias).toBeCloseTo(Math.log(1 / 5) - Math.log(2 / 5), 10);
});

test("the strongest features are those of the largest weights, at both ends", async () => {
  const [down, up] = await (await train("naive-bayes", two, { ngrams: 1, values: "count" })).strongestFeatures({
    count: 2,
  });
  expect(up.for[0].feature).toBe("good");
  expect(up.against[0].feature).toBe("bad");
  expect(down.for).toEqual(up.against.map(({ feature, weight }) => ({ feature, weight: expect.closeTo(-weight, 10) })));
});

const reading = {
  features: {
    tokenizer: "word",
    ngrams: 1,
    values: "presence",
    inverseDocumentFrequency: false,
    scaleRows: false,
    withoutAddresses: false,
    hashBits: 0,
  },
  vocabulary: new Uint8Array(),
  columnWeights: new Float32Array(),
} as const;

const binary: LinearScores = {
  reading,
  labels: ["no", "yes"],
  outputs: 1,
  weights: Float32Array.of(2, -0.5),
  bias: Float32Array.of(0.25),
  link: "margin",
};

test.each([
  ["margin", {}],
  ["log-odds", { link: "softmax" }],
  ["log-odds", { calibration: { method: "platt", sigmoids: [{ slope: 3, offset: -1 }] } }],
  ["log-odds", { calibration: { method: "temperature", temperature: 2 } }],
  ["margin", { calibration: { method: "isotonic", curves: [{ margins: [0], probabilities: [0.5] }] } }],
] as const)("two labels with one output: a %s with %j, the one label's the other's negative", (scoreKind, more) => {
  const scores: LinearScores = { ...binary, ...more };
  const [no, yes] = [0, 1].map((label) => scoreDirection(scores, label));
  const score = yes.bias + yes.weightOf(0);
  expect(yes.scoreKind).toBe(scoreKind);
  expect(no.bias + no.weightOf(0)).toBeCloseTo(-score, 10);
  if (scores.calibration !== undefined && scoreKind === "log-odds")
    expect(1 / (1 + Math.exp(-score))).toBeCloseTo(calibrate(scores.calibration, Float64Array.of(2.25))[1], 10);
});

test("a classifier of each label against the rest is explained by itself", () => {
  const weights = Float32Array.of(1, 2, 3, 4, 5, 6);
  const bias = Float32Array.of(0.1, 0.2, 0.3);
  const scores: LinearScores = { ...binary, labels: ["a", "b", "c"], outputs: 3, weights, bias, link: "one-vs-rest" };
  const { scoreKind, weightOf } = scoreDirection(scores, 1);
  expect([scoreKind, weightOf(0), weightOf(1)]).toEqual(["log-odds-against-rest", 2, 5]);
});
