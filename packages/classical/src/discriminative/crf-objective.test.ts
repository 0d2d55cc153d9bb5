import { readFileSync } from "node:fs";
import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { lbfgs } from "../optimize/lbfgs.js";
import { crfObjective } from "./crf-objective.js";
import { trainBySgd } from "./crf-sgd.js";
import { everyPair, seenFollows, seenPairs, type TagDataset, type TagWeights } from "./tag-dataset.js";

const tagCount = 3;
const featureCount = 6;

function randomData(sentences: number, seed: number): TagDataset {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const lengths = Array.from({ length: sentences }, () => 1 + below(4));
  const tokens = lengths.reduce((sum, each) => sum + each, 0);
  const featuresOf = Array.from({ length: tokens }, () => [below(featureCount), below(featureCount)]);
  return {
    sentenceOffsets: running(lengths),
    tokenOffsets: running(featuresOf.map(({ length }) => length)),
    features: Uint32Array.from(featuresOf.flat()),
    featureCount,
    gold: Uint8Array.from({ length: tokens }, () => below(tagCount)),
    tagCount,
  };
}

function running(lengths: readonly number[]): Uint32Array {
  const offsets = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) offsets[i + 1] = offsets[i] + length;
  return offsets;
}

const shapeOf = (data: TagDataset): TagWeights => ({ ...seenPairs(data), follows: seenFollows(data) });
const randomPoint = (length: number, seed: number): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => 4 * random() - 2);
};

/** −log p of each sentence by listing every tagging, and the penalty. */
function bruteForce(data: TagDataset, shape: TagWeights, point: Float64Array, l2: number): number {
  const { sentenceOffsets, tokenOffsets, features, gold } = data;
  const pairs = shape.pairTags.length;
  const emission = (token: number, tag: number): number => {
    let score = 0;
    for (let at = tokenOffsets[token]; at < tokenOffsets[token + 1]; at++)
      for (let pair = shape.pairOffsets[features[at]]; pair < shape.pairOffsets[features[at] + 1]; pair++)
        if (shape.pairTags[pair] === tag) score += point[pair];
    return score;
  };
  const scoreOf = (start: number, tags: readonly number[]): number =>
    tags.reduce((sum, tag, i) => {
      const step = i === 0 ? 0 : point[pairs + tags[i - 1] * tagCount + tag];
      return sum + step + emission(start + i, tag);
    }, 0);
  let loss = 0;
  for (let s = 0; s + 1 < sentenceOffsets.length; s++) {
    const [start, end] = [sentenceOffsets[s], sentenceOffsets[s + 1]];
    let all: number[][] = [[]];
    for (let token = start; token < end; token++)
      all = all.flatMap((tags) => Array.from({ length: tagCount }, (_, tag) => [...tags, tag]));
    const partition = Math.log(all.reduce((sum, tags) => sum + Math.exp(scoreOf(start, tags)), 0));
    loss += partition - scoreOf(start, [...gold.subarray(start, end)]);
  }
  return loss / (sentenceOffsets.length - 1) + (l2 / 2) * point.reduce((sum, each) => sum + each * each, 0);
}

test.each([1, 2, 3, 4, 5])("is what listing every tagging gives (seed %i)", async (seed) => {
  const data = randomData(5, seed);
  for (const shape of [shapeOf(data), { ...everyPair(featureCount, tagCount), follows: new Uint8Array(9).fill(1) }]) {
    const objective = crfObjective(data, shape, { l2: 0.3 });
    const point = randomPoint(objective.dimension, seed);
    expect(objective.evaluate(point, new Float64Array(point.length))).toBeCloseTo(
      bruteForce(data, shape, point, 0.3),
      10,
    );
    await objective.close();
  }
});

test("the gradient is the slope along every weight", async () => {
  const data = randomData(20, 7);
  const objective = crfObjective(data, { ...seenPairs(data), follows: new Uint8Array(9).fill(1) }, { l2: 0.1 });
  const point = randomPoint(objective.dimension, 3);
  const gradient = new Float64Array(point.length);
  objective.evaluate(point, gradient);
  const valueAt = (i: number, step: number): number => {
    const moved = point.slice();
    moved[i] += step;
    return objective.evaluate(moved, new Float64Array(point.length));
  };
  for (let i = 0; i < point.length; i++)
    expect(gradient[i]).toBeCloseTo((valueAt(i, 1e-5) - valueAt(i, -1e-5)) / 2e-5, 7);
  await objective.close();
});

test.each([100, 10_000])("is a number or infinite where weights are %i times as large", async (factor) => {
  const data = randomData(3, 1);
  const objective = crfObjective(data, shapeOf(data), { l2: 0 });
  const point = randomPoint(objective.dimension, 2).map((each) => each * factor);
  const value = objective.evaluate(point, new Float64Array(point.length));
  expect(value).toBeGreaterThan(0);
  expect(Number.isFinite(value)).toBe(factor === 100);
  await objective.close();
});

test("has the same bits for any number of threads", async () => {
  const data = randomData(50, 11);
  const results = [];
  for (const threads of [1, 2, 3, 9]) {
    const objective = crfObjective(data, shapeOf(data), { l2: 0.1, threads });
    const point = randomPoint(objective.dimension, 5);
    const gradient = new Float64Array(point.length);
    for (let i = 0; i < 3; i++) results.push({ value: objective.evaluate(point, gradient), gradient });
    await objective.close();
  }
  for (const result of results) expect(result).toEqual(results[0]);
});

interface Goldens {
  readonly sentences: readonly (readonly { readonly tag: string; readonly features: readonly string[] }[])[];
  readonly losses: readonly { readonly c2: number; readonly loss: number }[];
}

/** Made by crf-goldens.mjs. */
const golden: Goldens = JSON.parse(readFileSync(new URL("crf-goldens.json", import.meta.url), "utf8"));

/** The sentences of the golden file, whose features and tags are words. */
function goldenData(): TagDataset {
  const tokens = golden.sentences.flat();
  const names = [...new Set(tokens.flatMap(({ features }) => features))];
  return {
    sentenceOffsets: running(golden.sentences.map(({ length }) => length)),
    tokenOffsets: running(tokens.map(({ features }) => features.length)),
    features: Uint32Array.from(tokens.flatMap(({ features }) => features.map((each) => names.indexOf(each)))),
    featureCount: names.length,
    gold: Uint8Array.from(tokens, ({ tag }) => Number(tag.slice(1))),
    tagCount: 4,
  };
}

test.each(golden.losses)("is least where CRFsuite's is: c2 $c2", async ({ c2, loss }) => {
  const data = goldenData();
  const sentences = golden.sentences.length;
  const objective = crfObjective(data, shapeOf(data), { l2: (2 * c2) / sentences });
  const optimizer = lbfgs(objective, { iterations: 10_000, tolerance: 1e-9 });
  while (optimizer.step());
  await objective.close();
  expect(Math.abs(optimizer.objective * sentences - loss) / loss).toBeLessThan(1e-6);
});

test("asked for after a training by stochastic gradients, an epoch tells the end, whatever was trained since", async () => {
  const [data, other] = [randomData(20, 1), randomData(20, 2)];
  const asked: (() => Float64Array)[] = [];
  const onEpoch = ({ weights }: { weights: () => Float64Array }): boolean => {
    asked.push(weights);
    return false;
  };
  const options = { l2: 0.1, epochs: 3, seed: 1 };
  const trained = await trainBySgd(data, shapeOf(data), { ...options, onEpoch });
  const end = trained.slice();
  await trainBySgd(other, shapeOf(other), options);
  expect(asked[0]?.()).toEqual(end);
});
