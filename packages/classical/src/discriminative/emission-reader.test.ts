import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { entitySentences } from "../../testing/entity-sentences.js";
import { tokenFeatureReader } from "../features/token-features.js";
import { frequentFeatures, indexFeatures } from "../features/token-features-index.js";
import { readNames } from "../features/token-gazetteer.js";
import { templatesNamed } from "../features/token-templates.js";
import { emissionsOf } from "./crf-chain.js";
import { offsetsOf } from "./crf-params.js";
import { emissionReader } from "./emission-reader.js";

const tags = ["O", "B-PER", "I-PER"];
const known = { commonWords: new Uint32Array(), ...readNames(["person\tAda Lovelace", "place\tTurin"]) };
const sentences = [["Ada"], ["of", "it"], ...entitySentences(40, 1).map(({ tokens }) => tokens)];

test.each([
  ["a set", templatesNamed("entities")],
  ["neighbours far away", ["word[-5]", "lower[5]", "place[-1]", "casing[1] kind[1]", "lower[-3] lower[4]"]],
  ["what several tokens tell", ["lower[-1] lower[0]"]],
  ["what names tell", ["names[0]", "names[-1] word[-1]", "kind[2]"]],
])("emissions are the sums of the weights of features: %s", (_, templates) => {
  const { read: hashesOf, perToken } = tokenFeatureReader(templates, known);
  const params = { tags, templates, ...randomWeights(sentences.map(hashesOf)) };
  const weights = { ...params, pairOffsets: offsetsOf(params.pairCounts) };
  const index = indexFeatures(params.features);
  const read = emissionReader(params, known);
  const once = sentences.map((tokens) => [...read(tokens)]);
  for (const [i, tokens] of sentences.entries()) {
    const expected = emissionsOf(index.positions(hashesOf(tokens)), perToken, weights, tags.length);
    expect(once[i]).toHaveLength(expected.length);
    for (const [at, sum] of expected.entries()) expect(once[i][at]).toBeCloseTo(sum, 12);
  }
  expect(sentences.toReversed().map((tokens) => [...read(tokens)])).toEqual(once.toReversed());
});

/** Two weights, of different tags, for each feature that stands twice. */
function randomWeights(rows: readonly Uint32Array[]) {
  const random = seededRandom(3);
  const all = Uint32Array.from(rows.flatMap((row) => [...row]));
  const features = frequentFeatures(all, 2);
  expect(features.length).toBeGreaterThan(0);
  return {
    features,
    pairCounts: new Uint8Array(features.length).fill(2),
    pairTags: Uint8Array.from({ length: 2 * features.length }, (_, i) => i % tags.length),
    weights: Float32Array.from({ length: 2 * features.length }, () => random() - 0.5),
  };
}
