import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import type { LabelledText } from "../../learner.js";
import { openModel, openModelFile, trainModel } from "../../learners.js";
import { encodeModel, type SavedModel } from "../../model-file.js";
import { defineBayesianNetwork } from "./define-network.js";
import type { TextNetwork } from "./text-network.js";
import type { TextNetworkParams } from "./text-network-params.js";

const items: readonly LabelledText[] = [
  { text: "a warm and funny film", label: "positive" },
  { text: "funny, warm, tender", label: "positive" },
  { text: "a tender film, good to see", label: "positive" },
  { text: "good fun", label: "positive" },
  { text: "a cold and dull film", label: "negative" },
  { text: "dull and cold", label: "negative" },
  { text: "not good, not warm", label: "negative" },
];
const structures = ["naive", "tan", "hill-climbing"];
const texts = ["a good film", "not good", "cold, dull", "", "unknown"];

async function train(settings: Record<string, unknown> = {}, from = items): Promise<SavedModel> {
  return trainModel("bayesian-network", from, { id: "mine", settings: { ngrams: 1, terms: 9, ...settings } });
}

function opened(saved: SavedModel): TextNetwork {
  return openModel(saved) as TextNetwork;
}

/** Which terms the model knows, and whether the text has them, as evidence. */
function evidenceOf({ network }: TextNetwork, text: string): Record<string, string> {
  const words: readonly string[] = text.match(/\p{L}+|[^\p{L}\s]/gu) ?? [];
  const names = network.variables.slice(1).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, words.includes(name.slice("has ".length)) ? "yes" : "no"]));
}

for (const structure of structures) {
  for (const { name, run } of classifierChecks(async () => opened(await train({ structure }))))
    test(`${structure}: ${name}`, run);

  test(`${structure}: the sum over terms is what elimination of the network gives`, async () => {
    const model = opened(await train({ structure }));
    for (const [i, { scores }] of (await model.classify(texts)).entries()) {
      const evidence = evidenceOf(model, texts[i]);
      const posterior = model.network.query(["label"], evidence);
      for (const { label, score } of scores) expect(score).toBeCloseTo(posterior.probabilityOf({ label }), 10);
      const [density] = await model.logProbability([texts[i]]);
      expect(density.logProbability).toBeCloseTo(model.network.logProbability(evidence), 9);
      expect(density.over).toBe("features");
      const [joint] = await model.logJoint([texts[i]]);
      for (const [l, label] of model.labels.entries())
        expect(joint[l]).toBeCloseTo(model.network.logProbability({ ...evidence, label }), 9);
    }
  });
}

test("densities of all rows add up to 1", async () => {
  const model = opened(await train({ structure: "hill-climbing", terms: 4 }));
  const terms = model.network.variables.slice(1).map(({ name }) => name.slice("has ".length));
  const all = Array.from({ length: 2 ** 4 }, (_, set) => terms.filter((_, i) => (set >> i) & 1).join(" "));
  const densities = await model.logProbability(all);
  expect(densities.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0)).toBeCloseTo(1, 12);
});

test("terms are those that tell most about the label, and a term may depend on another", async () => {
  const telling = [
    ...Array.from({ length: 20 }, (_, i) => ({ text: `new york ${i % 3 ? "the" : "a"} sun`, label: "city" })),
    ...Array.from({ length: 20 }, (_, i) => ({
      text: `${i % 2 ? "new" : "york"} ${i % 3 ? "the" : "a"} rain`,
      label: "else",
    })),
  ];
  const { network } = opened(await train({ terms: 4, smoothing: 0.1, dependenceSmoothing: 0.1 }, telling));
  expect(network.variables.map(({ name }) => name).sort()).toEqual([
    "has new",
    "has rain",
    "has sun",
    "has york",
    "label",
  ]);
  const [first, second] = ["has new", "has york"];
  expect(network.parentsOf(first).includes(second) || network.parentsOf(second).includes(first)).toBe(true);
  expect(network.query([first], { label: "else", [second]: "yes" }).probabilityOf({ [first]: "yes" })).toBeLessThan(
    0.1,
  );
});

test("an item of weight 2 counts as twice the item", async () => {
  const weighted = items.map((item, i) => (i === 0 ? { ...item, weight: 2 } : item));
  for (const structure of structures) {
    const models = await Promise.all(
      [weighted, [items[0], ...items]].map((from) => train({ structure, terms: 100 }, from)),
    );
    const [once, twice, plain] = [...models, await train({ structure, terms: 100 })].map(opened);
    expect(await scoresOf(once)).toEqual((await scoresOf(twice)).map((score) => expect.closeTo(score, 10)));
    expect(await scoresOf(once)).not.toEqual(await scoresOf(plain));
  }
});

async function scoresOf(model: TextNetwork): Promise<number[]> {
  return (await model.classify(texts)).map(
    ({ scores }) => scores.find(({ label }) => label === "positive")?.score ?? -1,
  );
}

test("a word and a run of characters that are written alike are two variables", async () => {
  const settings = { longestCharacters: 4, shortestCharacters: 3, terms: 1000 };
  for (const structure of structures) {
    const { network } = opened(await train({ ...settings, structure, maximumParents: 1 }));
    expect(network.variables.map(({ name }) => name)).toEqual(expect.arrayContaining(["has warm", "has warm (2)"]));
  }
});

test("samples of a label have its terms, and the same seed draws the same", async () => {
  const model = opened(await train({ smoothing: 0.01, terms: 100 }));
  const drawn = Array.from({ length: 200 }, (_, seed) => model.sample("negative", { seed }).terms);
  expect(model.sample("negative", { seed: 3 }).terms).toEqual(drawn[3]);
  const shareOf = (term: string): number => drawn.filter((terms) => terms.includes(term)).length / drawn.length;
  expect(shareOf("dull")).toBeCloseTo(2 / 3, 1);
  expect(shareOf("warm")).toBeCloseTo(1 / 3, 1);
  expect(shareOf("funny")).toBeLessThan(0.05);
  expect(() => model.sample("neutral")).toThrow('There is no label "neutral".');
});

test("settings that are no names are refused", async () => {
  for (const settings of [{ structure: "tann" }, { score: "constructor" }, { structure: "constructor" }])
    await expect(train(settings)).rejects.toThrow(expect.objectContaining({ code: "invalid-input" }));
  await expect(train({ structure: "tann" })).rejects.toThrow('Did you mean "tan"?');
});

test("params of texts whose parts do not fit are refused, and a network over a table says what opens it", async () => {
  const saved = await train();
  const changed = (change: object): SavedModel => ({ ...saved, params: { ...saved.params, ...change } });
  const { probabilities } = saved.params as TextNetworkParams;
  for (const change of [
    { labels: ["negative", "neutral", "positive"] },
    {
      probabilities: probabilities
        .map(() => 0.5)
        .fill(0, 0, 1)
        .fill(1, 1, 2),
    },
  ])
    expect(() => openModel(changed(change))).toThrow(expect.objectContaining({ code: "model-damaged" }));
  const table = { ...saved, params: defineBayesianNetwork([{ name: "a", states: ["x"], probabilities: [[1]] }]) };
  expect(() => openModelFile(encodeModel(table))).toThrow(expect.objectContaining({ code: "unsupported" }));
});

test("training stops when it is told to", async () => {
  const signal = AbortSignal.abort();
  await expect(trainModel("bayesian-network", items, { id: "mine", signal })).rejects.toThrow(
    expect.objectContaining({ code: "aborted" }),
  );
});
