/**
 * Sentences as features, one after the other: sentence `s` has the tokens `sentenceOffsets[s]` to
 * `sentenceOffsets[s + 1] - 1`, token `t` the features `tokenOffsets[t]` to `tokenOffsets[t + 1] - 1`.
 */
export interface TagDataset {
  /** sentences + 1. */
  readonly sentenceOffsets: Uint32Array;
  /** tokens + 1. */
  readonly tokenOffsets: Uint32Array;
  /** Numbers of features, below `featureCount`. */
  readonly features: Uint32Array;
  readonly featureCount: number;
  /** The number of each token's tag. */
  readonly gold: Uint8Array;
  readonly tagCount: number;
}

/**
 * Which weights there are: feature `f` has one for each of the tags `pairTags[pairOffsets[f]]` to
 * `pairTags[pairOffsets[f + 1] - 1]`, in one array; after all of these come tagCount × tagCount from tag to tag.
 */
export interface TagWeights {
  readonly pairOffsets: Uint32Array;
  readonly pairTags: Uint8Array;
  /** tagCount × tagCount: 1 where a tag after another has a weight of its own, 0 where that is always 0. */
  readonly follows: Uint8Array;
}

/** Every feature with every tag that it was seen with at least once, as CRFsuite has it by default. */
export function seenPairs(data: TagDataset): Pick<TagWeights, "pairOffsets" | "pairTags"> {
  const { featureCount, tagCount, tokenOffsets, features, gold } = data;
  const seen = new Uint8Array(featureCount * tagCount);
  for (let token = 0; token < gold.length; token++)
    for (let at = tokenOffsets[token]; at < tokenOffsets[token + 1]; at++)
      seen[features[at] * tagCount + gold[token]] = 1;
  return pairsOf(seen, featureCount, tagCount);
}

/** Every feature with every tag: weights lie features × tags. */
export function everyPair(featureCount: number, tagCount: number): Pick<TagWeights, "pairOffsets" | "pairTags"> {
  return pairsOf(new Uint8Array(featureCount * tagCount).fill(1), featureCount, tagCount);
}

function pairsOf(seen: Uint8Array, featureCount: number, tagCount: number) {
  const pairOffsets = new Uint32Array(featureCount + 1);
  let count = 0;
  for (let feature = 0; feature < featureCount; feature++) {
    for (let tag = 0; tag < tagCount; tag++) count += seen[feature * tagCount + tag];
    pairOffsets[feature + 1] = count;
  }
  const pairTags = new Uint8Array(count);
  for (let i = 0, at = 0; i < seen.length; i++) if (seen[i] === 1) pairTags[at++] = i % tagCount;
  return { pairOffsets, pairTags };
}

/** Which tag was seen to follow which. */
export function seenFollows({ sentenceOffsets, gold, tagCount }: TagDataset): Uint8Array {
  const follows = new Uint8Array(tagCount * tagCount);
  for (let sentence = 0; sentence + 1 < sentenceOffsets.length; sentence++)
    for (let token = sentenceOffsets[sentence] + 1; token < sentenceOffsets[sentence + 1]; token++)
      follows[gold[token - 1] * tagCount + gold[token]] = 1;
  return follows;
}
