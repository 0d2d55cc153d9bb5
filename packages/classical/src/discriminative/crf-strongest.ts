import { largest } from "../explain/strongest-features.js";
import type { NameFeature } from "../features/token-feature-names.js";
import type { TaggedSentence } from "../learner.js";
import type { Example } from "./crf-examples.js";
import type { CrfParams } from "./crf-params.js";

/** Names of features, for people alone: the file has so many of each tag at each end. */
export interface NamedFeatures {
  /** Hashes of features, ascending, and what they are. */
  readonly namedFeatures: Uint32Array;
  readonly featureNames: readonly string[];
}

const namedAtEachEnd = 20;

/** Features × 1: the weight of each for one tag, 0 where it has none. */
export function weightsOfTag({ features, pairCounts, pairTags, weights }: CrfParams, tag: number): Float64Array {
  const found = new Float64Array(features.length);
  for (let feature = 0, pair = 0; feature < features.length; feature++)
    for (const end = pair + pairCounts[feature]; pair < end; pair++)
      if (pairTags[pair] === tag) found[feature] = weights[pair];
  return found;
}

/** The places of the largest weights for a tag, and against it; the strongest first. */
export function strongestOf(weights: Float64Array, count: number): { for: number[]; against: number[] } {
  return {
    for: largest(weights, count),
    against: largest(
      weights.map((weight) => -weight),
      count,
    ),
  };
}

/** Names the strongest features of each tag, by the first place where each stands in the sentences. */
export function nameStrongest(
  params: CrfParams,
  sentences: readonly TaggedSentence[],
  { features, examples }: { readonly features: Uint32Array; readonly examples: readonly Example[] },
  nameOf: NameFeature,
): NamedFeatures {
  const wanted = new Set<number>();
  for (const tag of params.tags.keys()) {
    const { for: those, against } = strongestOf(weightsOfTag(params, tag), namedAtEachEnd);
    for (const place of [...those, ...against]) wanted.add(params.features[place]);
  }
  const names = new Map<number, string>();
  for (const [s, { positions, perToken }] of examples.entries()) {
    if (names.size === wanted.size) break;
    for (let at = 0; at < positions.length; at++) {
      const hash = features[positions[at]];
      if (positions[at] < 0 || !wanted.has(hash) || names.has(hash)) continue;
      names.set(hash, nameOf(sentences[s].tokens, Math.floor(at / perToken), at % perToken));
    }
  }
  const namedFeatures = Uint32Array.from(names.keys()).sort();
  return { namedFeatures, featureNames: Array.from(namedFeatures, (hash) => names.get(hash) ?? "") };
}
