import { noFeature } from "../features/token-features.js";
import { offsetsOf } from "./crf-params.js";

/** What emissions are sums of: of each known feature its weights, and the tag of each. */
export interface FeatureWeights {
  readonly features: Uint32Array;
  readonly pairCounts: Uint8Array;
  readonly pairTags: Uint8Array;
  readonly weights: ArrayLike<number>;
}

/**
 * Sums the weights of the features of tokens, given by their hashes: tokens × tags. A hash table whose slots hold all that
 * leads to a feature's weights, beside each other, as the weights are beside their tags: a feature costs two looks into
 * memory that is far away.
 */
export function emissionReader(
  { features, pairCounts, pairTags, weights }: FeatureWeights,
  tags: number,
): (hashes: Uint32Array, perToken: number) => Float64Array {
  const mask = 2 ** Math.ceil(Math.log2(features.length * 2 + 2)) - 1;
  const slots = new Int32Array(4 * (mask + 1));
  const offsets = offsetsOf(pairCounts);
  for (let feature = 0; feature < features.length; feature++) {
    let slot = features[feature] & mask;
    while (slots[4 * slot] !== noFeature) slot = (slot + 1) & mask;
    slots[4 * slot] = features[feature];
    slots[4 * slot + 1] = 2 * offsets[feature];
    slots[4 * slot + 2] = 2 * offsets[feature + 1];
  }
  const pairs = new Float32Array(2 * pairTags.length);
  for (let pair = 0; pair < pairTags.length; pair++) {
    pairs[2 * pair] = pairTags[pair];
    pairs[2 * pair + 1] = weights[pair];
  }
  return (hashes, perToken) => {
    const emissions = new Float64Array((hashes.length / perToken) * tags);
    for (let i = 0, to = 0; i < hashes.length; to += tags) {
      for (const end = i + perToken; i < end; i++) {
        const hash = hashes[i] | 0;
        if (hash === noFeature) continue;
        let at = (hash & mask) << 2;
        while (slots[at] !== hash && slots[at] !== noFeature) at = (at + 4) & (slots.length - 1);
        for (let pair = slots[at + 1]; pair < slots[at + 2]; pair += 2) emissions[to + pairs[pair]] += pairs[pair + 1];
      }
    }
    return emissions;
  };
}
