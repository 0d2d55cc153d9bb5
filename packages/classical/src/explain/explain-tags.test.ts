import { canExplainTags, type ExplainsTags, spansOfTags, type Tagger } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { entitySentences } from "../../testing/entity-sentences.js";
import type { CrfParams } from "../discriminative/crf-params.js";
import { openModel, openModelFile, trainModel } from "../learners.js";
import { encodeModel } from "../model-file.js";

const items = entitySentences(150, 1);

async function train(learner = "crf", settings = {}): Promise<Tagger & ExplainsTags> {
  const model = openModelFile(encodeModel(await trainModel(learner, items, { id: "mine", settings }))) as Tagger;
  if (!canExplainTags(model)) throw new Error(`${learner} cannot explain itself`);
  return model;
}

const text = "Ada Lovelace lives in Turin. Grace reads about mathematics.";

test.each(["crf", "memm"])(
  "the parts of a %s's explanation stand where the tagger's tokens are, with its tags",
  async (learner) => {
    const model = await train(learner);
    const [{ tokens, model: by }] = await model.explainTags([text]);
    const [{ entities }] = await model.tag([text]);
    for (const { text: token, start, end } of tokens) expect(text.slice(start, end)).toBe(token);
    const spans = spansOfTags(tokens.map(({ tag }) => tag));
    expect(spans.map(({ label, start, end }) => [label, tokens[start].start, tokens[end - 1].end])).toEqual(
      entities.map(({ label, start, end }) => [label, start, end]),
    );
    expect(tokens[0]).toMatchObject({ transition: { from: undefined, to: "B-PER" } });
    expect(tokens[1]).toMatchObject({ transition: { from: "B-PER", to: "I-PER" } });
    expect(by).toBe("mine");
  },
);

test("a token alone has the tag of the largest sum of weights, as likely as the sum says", async () => {
  const model = await train("crf", { templates: "word[0]; suffix2[0]", algorithm: "lbfgs", l2: 1e-3, iterations: 500 });
  const [{ tokens }] = await model.explainTags(["Turin"]);
  const [{ tag, score, features }] = tokens;
  expect(features.map(({ feature }) => feature).sort()).toEqual(["suffix2[0]=in", "word[0]=Turin"]);
  const weights = features.map(({ weight }) => Math.abs(weight));
  expect(weights).toEqual([...weights].sort((a, b) => b - a));
  const sums = await Promise.all(
    model.labels.flatMap((label) => [`B-${label}`, `I-${label}`, "O"]).map((label) => weightSum(model, label)),
  );
  const own = features.reduce((sum, { weight }) => sum + weight, 0);
  expect({ tag, sum: own }).toEqual({ tag: "B-LOC", sum: Math.max(...sums) });
  // Neither I-LOC nor I-PER may begin a sentence, and O was counted once for each label.
  const allowed = await Promise.all(["B-LOC", "B-PER", "O"].map((label) => weightSum(model, label)));
  const total = allowed.reduce((sum, each) => sum + Math.exp(each), 0);
  expect(score).toBeCloseTo(Math.exp(own) / total, 9);
});

/** What the two features of "Turin" say for a tag. */
async function weightSum(model: ExplainsTags, label: string): Promise<number> {
  const [{ for: liked, against }] = await model.strongestFeatures({ label, count: 1000 });
  const own = [...liked, ...against].filter(({ feature }) => ["suffix2[0]=in", "word[0]=Turin"].includes(feature));
  return own.reduce((sum, { weight }) => sum + weight, 0);
}

test("the strongest features of each tag are named, by what stands in the sentences", async () => {
  const model = await train();
  const listed = await model.strongestFeatures({ count: 5 });
  expect(listed.map(({ label }) => label)).toEqual(["O", "B-LOC", "B-PER", "I-LOC", "I-PER"]);
  const place = listed.find(({ label }) => label === "B-LOC");
  expect(place?.for).toHaveLength(5);
  for (const { feature, weight } of place?.for ?? []) {
    expect(feature).toMatch(/^\w+\[-?\d\]=/);
    expect(weight).toBeGreaterThan(0);
  }
  expect(await model.strongestFeatures({ count: 5, label: "B-LOC" })).toEqual([place]);
  await expect(model.strongestFeatures({ label: "B-LOK" })).rejects.toThrow('Did you mean "B-LOC"');
});

test("the strongest transitions are those of the grammar", async () => {
  const { for: liked, against } = await (await train("crf", { algorithm: "lbfgs" })).strongestTransitions({ count: 3 });
  expect(liked.map(({ from, to }) => `${from} ${to}`)).toContain("B-PER I-PER");
  for (const { weight } of liked) expect(weight).toBeGreaterThan(0);
  for (const { weight } of against) expect(weight).toBeLessThan(0);
});

test("features that the file does not name go by their hash", async () => {
  const saved = await trainModel("crf", items, { id: "mine" });
  const { namedFeatures, featureNames, ...params } = saved.params as CrfParams;
  expect(namedFeatures).toHaveLength(featureNames?.length ?? 0);
  const model = openModel({ ...saved, params }) as Tagger & ExplainsTags;
  const [{ for: strongest }] = await model.strongestFeatures({ count: 2 });
  expect(strongest[0].feature).toMatch(/^hash [0-9a-f]+$/);
});
