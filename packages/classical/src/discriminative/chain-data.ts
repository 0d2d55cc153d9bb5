import { sharedArray, sharedZeros } from "../parallel/shared-array.js";
import type { TagDataset, TagWeights } from "./tag-dataset.js";

/** What the gradient of a linear chain reads, in memory that threads share. */
export interface ChainData {
  /** sentences + 1: where each begins among the tokens. */
  readonly sentenceOffsets: Uint32Array;
  /** tokens + 1: where each token's features begin in `rows` of those that have a weight for every tag. */
  readonly rowOffsets: Uint32Array;
  /** Of each such feature the number of its first weight; the others follow, tag by tag. */
  readonly rows: Uint32Array;
  /** tokens + 1: where the weights of each token's other features begin in `pairs`. */
  readonly offsets: Uint32Array;
  /** Numbers of weights, and the tag that each is for: read in order, where features would lead all over memory. */
  readonly pairs: Uint32Array;
  readonly pairTags: Uint8Array;
  readonly gold: Uint8Array;
  readonly follows: Uint8Array;
  readonly tagCount: number;
  /** Where the weights from tag to tag begin. */
  readonly pairCount: number;
}

/** Sentences and the weights that they have, laid out for training. */
export function chainData(data: TagDataset, shape: TagWeights): ChainData {
  const { tokenOffsets, features, gold, tagCount, sentenceOffsets } = data;
  const { pairOffsets } = shape;
  const offsets = sharedZeros(Uint32Array, gold.length + 1);
  const rowOffsets = sharedZeros(Uint32Array, gold.length + 1);
  const tagsOf = (feature: number): number => pairOffsets[feature + 1] - pairOffsets[feature];
  for (let token = 0; token < gold.length; token++) {
    rowOffsets[token + 1] = rowOffsets[token];
    offsets[token + 1] = offsets[token];
    for (let at = tokenOffsets[token]; at < tokenOffsets[token + 1]; at++) {
      const tags = tagsOf(features[at]);
      if (tags === tagCount) rowOffsets[token + 1]++;
      else offsets[token + 1] += tags;
    }
  }
  const rows = sharedZeros(Uint32Array, rowOffsets[gold.length]);
  const pairs = sharedZeros(Uint32Array, offsets[gold.length]);
  const pairTags = sharedZeros(Uint8Array, pairs.length);
  let [row, to] = [0, 0];
  for (const feature of features) {
    if (tagsOf(feature) === tagCount) {
      rows[row++] = pairOffsets[feature];
      continue;
    }
    for (let pair = pairOffsets[feature]; pair < pairOffsets[feature + 1]; pair++) {
      pairs[to] = pair;
      pairTags[to++] = shape.pairTags[pair];
    }
  }
  return {
    rowOffsets,
    rows,
    sentenceOffsets: sharedArray(sentenceOffsets),
    offsets,
    pairs,
    pairTags,
    gold: sharedArray(gold),
    follows: sharedArray(shape.follows),
    tagCount,
    pairCount: shape.pairTags.length,
  };
}

/** The sentence at which each of so many blocks begins, and the last ends: blocks of about as many tokens each. */
export function blocksOfSentences(sentenceOffsets: Uint32Array, blocks: number): number[] {
  const tokens = sentenceOffsets[sentenceOffsets.length - 1];
  const starts: number[] = [];
  for (let sentence = 0; starts.length < blocks; sentence++) {
    while (starts.length < blocks && sentenceOffsets[sentence] >= (tokens * starts.length) / blocks)
      starts.push(sentence);
  }
  return [...starts, sentenceOffsets.length - 1];
}
