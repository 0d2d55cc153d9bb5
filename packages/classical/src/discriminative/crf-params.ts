import { isTag } from "@bifocal/contracts";
import { isKnowledge, type TokenKnowledge } from "../features/token-knowledge.js";
import { type Params, unfitting } from "../model-file.js";
import type { Normalization } from "./crf-blocks.js";
import type { NamedFeatures } from "./crf-strongest.js";

/** What a linear-chain tagger learned. */
export interface CrfParams extends Params, TokenKnowledge, Partial<NamedFeatures> {
  readonly kind: "crf";
  readonly version: 2;
  readonly normalization: Normalization;
  /** IOB2, or of no scheme: parts of speech. */
  readonly tags: readonly string[];
  /** What is read around each token; see `templateSets`. */
  readonly templates: readonly string[];
  /** Hashes of the features that have weights; see `tokenFeatureReader`. */
  readonly features: Uint32Array;
  /** How many weights each feature has, and for which tag each of them is. */
  readonly pairCounts: Uint8Array;
  readonly pairTags: Uint8Array;
  readonly weights: Float32Array;
  /** (tags + 1) × tags: from each tag, and in the last row from the start of a sentence, to each tag. */
  readonly transitions: Float32Array;
  /** What scores are divided by before they become probabilities; fitted on sentences held out. */
  readonly temperature: number;
}

/** Weights by feature and tag, as they are learned: with all those that are 0. */
export interface CrfWeights {
  readonly pairOffsets: Uint32Array;
  readonly pairTags: Uint8Array;
  readonly weights: Float32Array;
  readonly transitions: Float32Array;
}

/** The features and weights that are larger than `smallest`, either way. */
export function largerThan(
  smallest: number,
  features: Uint32Array,
  { pairOffsets, pairTags, weights }: CrfWeights,
): Pick<CrfParams, "features" | "pairCounts" | "pairTags" | "weights"> {
  const keeps = weights.map((weight) => Number(Math.abs(weight) > smallest));
  const counts = features.map((_, feature) => {
    let count = 0;
    for (let pair = pairOffsets[feature]; pair < pairOffsets[feature + 1]; pair++) count += keeps[pair];
    return count;
  });
  return {
    features: features.filter((_, feature) => counts[feature] > 0),
    pairCounts: Uint8Array.from(counts.filter((count) => count > 0)),
    pairTags: pairTags.filter((_, pair) => keeps[pair] === 1),
    weights: weights.filter((_, pair) => keeps[pair] === 1),
  };
}

/** Where each feature's weights begin, and the last's end. */
export function offsetsOf(counts: Uint8Array): Uint32Array {
  const offsets = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) offsets[i + 1] = offsets[i] + counts[i];
  return offsets;
}

/** Numbers of tags are bytes. */
export const mostTags = 255;

/** @throws {BifocalError} `model-damaged` where the parts do not fit each other. */
export function checkCrfParams(params: CrfParams, name: string): void {
  const { normalization, tags, templates, features, pairCounts, pairTags, weights, transitions, temperature } = params;
  const fits =
    (normalization === "global" || normalization === "local") &&
    Array.isArray(tags) &&
    tags.every(isTag) &&
    Array.isArray(templates) &&
    isKnowledge(params) &&
    params.namedFeatures?.length === params.featureNames?.length &&
    features?.length === pairCounts?.length &&
    pairCounts?.reduce((sum, count) => sum + count, 0) === weights?.length &&
    pairTags?.length === weights.length &&
    pairTags.every((tag) => tag < tags.length) &&
    transitions?.length === (tags.length + 1) * tags.length &&
    temperature > 0;
  if (!fits) throw unfitting(name);
}
