import { readFileSync } from "node:fs";
import type { Tagger } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { entitySentences } from "../../testing/entity-sentences.js";
import { onnxRuntime } from "../../testing/onnx-runtime.js";
import type { Chain } from "../discriminative/crf-chain.js";
import { marginalsOf } from "../discriminative/crf-marginals.js";
import type { CrfParams } from "../discriminative/crf-params.js";
import { bestPath } from "../discriminative/crf-viterbi.js";
import { openModel, trainModel } from "../learners.js";
import { decodeModel, type SavedModel } from "../model-file.js";
import { tokenFeaturesOf } from "./export-chain.js";
import { exportOnnx } from "./export-onnx.js";

/** Reads sentences as the ONNX form of a model scores them. */
async function onnxChains(model: SavedModel): Promise<(tokens: readonly string[]) => Promise<Chain>> {
  const session = await onnxRuntime.InferenceSession.create(exportOnnx(model), { logSeverityLevel: 3 });
  const read = tokenFeaturesOf(model);
  return async (tokens) => {
    const features = BigInt64Array.from(read(tokens), BigInt);
    const dims = [tokens.length, features.length / tokens.length];
    const found = await session.run({ features: new onnxRuntime.Tensor("int64", features, dims) });
    const numbers = (name: string) => Float64Array.from(found[name].data, Number);
    expect(found.emissions.dims[0]).toBe(tokens.length);
    const tags = found.emissions.dims[1];
    return { length: tokens.length, tags, emissions: numbers("emissions"), transitions: numbers("transitions") };
  };
}

async function expectSame(model: SavedModel, sentences: readonly (readonly string[])[]): Promise<void> {
  const chainOf = await onnxChains(model);
  const { tags } = model.params as CrfParams;
  for (const [i, own] of (await (openModel(model) as Tagger).tagTokens(sentences)).entries()) {
    const chain = await chainOf(sentences[i]);
    const path = bestPath(chain);
    expect(Array.from(path, (tag) => tags[tag])).toEqual(own.tags);
    const marginals = marginalsOf(chain);
    for (const [at, tag] of path.entries())
      expect(Math.abs(marginals.ofTag(at, tag) - own.scores[at])).toBeLessThan(1e-4);
  }
}

const sentences = [
  ...entitySentences(20, 2).map(({ tokens }) => tokens),
  ["Ada"],
  ["nothing", "that", "it", "knows", "😀"],
  ["Ada", "Lovelace", "met", "Charles", "Babbage", "in", "London", "on", "5", "June", "1833", "."],
];

test.each([
  ["crf", {}],
  ["crf", { algorithm: "lbfgs", l2: 1e-4 }],
  ["crf", { clusters: 10, templates: "lower[0]; cluster6[0]" }],
  ["memm", {}],
])("%s with %j scores tags in ONNX Runtime as it does itself", async (learner, settings) => {
  await expectSame(await trainModel(learner, entitySentences(100, 1), { id: "mine", settings }), sentences);
});

test("the embedded chain scores tags in ONNX Runtime as it does itself", async () => {
  const file = new URL("../../../models/crf-entities-en-ewt/model.bifocal", import.meta.url);
  await expectSame(decodeModel(readFileSync(file)), sentences);
});

test("only chains read features of tokens", async () => {
  const items = [
    { text: "good", label: "up" },
    { text: "bad", label: "down" },
  ];
  const other = await trainModel("naive-bayes", items, { id: "mine" });
  expect(() => tokenFeaturesOf(other)).toThrow(expect.objectContaining({ code: "unsupported" }));
});
