import { type ArrayMaker, newRoom } from "../machine-code/array-room.js";
import type { SharedMemory } from "../machine-code/shared-memory.js";
import type { TagDataset, TagWeights } from "./tag-dataset.js";

/** What the gradient of a linear chain reads, in memory that threads share. */
export interface ChainData {
  /** Where all of it lies, and weights and gradients, too. */
  readonly memory: SharedMemory;
  /** sentences + 1: where each begins among the tokens. */
  readonly sentenceOffsets: Uint32Array;
  /** tokens + 1: where each token's features begin in `rows` of those that have a weight for every tag. */
  readonly rowOffsets: Uint32Array;
  /** Of each such feature the number of its first weight; the others follow, tag by tag. */
  readonly rows: Uint32Array;
  /** tokens × tags + 1: where the weights of each token's other features for each tag begin in `pairs`. */
  readonly offsets: Uint32Array;
  /** Numbers of weights: read in order, where features would lead all over memory. */
  readonly pairs: Uint32Array;
  readonly gold: Uint8Array;
  readonly follows: Uint8Array;
  readonly tagCount: number;
  /** Where the weights from tag to tag begin. */
  readonly pairCount: number;
}

/**
 * Sentences and the weights that they have, laid out for training.
 * @throws {BifocalError} `too-large` where there is no room for them.
 */
export function chainData(data: TagDataset, shape: TagWeights): ChainData {
  const { tokenOffsets, features, gold, tagCount, sentenceOffsets } = data;
  const { pairOffsets, pairTags } = shape;
  const { memory, array } = newRoom(4 * features.length);
  const offsets = array(Uint32Array, gold.length * tagCount + 1);
  const rowOffsets = array(Uint32Array, gold.length + 1);
  const hasEveryTag = (feature: number): boolean => pairOffsets[feature + 1] - pairOffsets[feature] === tagCount;
  for (let token = 0; token < gold.length; token++) {
    rowOffsets[token + 1] = rowOffsets[token];
    for (let at = tokenOffsets[token]; at < tokenOffsets[token + 1]; at++) {
      const feature = features[at];
      if (hasEveryTag(feature)) rowOffsets[token + 1]++;
      else
        for (let pair = pairOffsets[feature]; pair < pairOffsets[feature + 1]; pair++)
          offsets[token * tagCount + pairTags[pair] + 1]++;
    }
  }
  for (let at = 1; at < offsets.length; at++) offsets[at] += offsets[at - 1];
  const rows = array(Uint32Array, rowOffsets[gold.length]);
  const pairs = array(Uint32Array, offsets[offsets.length - 1]);
  const next = new Uint32Array(tagCount);
  for (let token = 0, row = 0; token < gold.length; token++) {
    for (let tag = 0; tag < tagCount; tag++) next[tag] = offsets[token * tagCount + tag];
    for (let at = tokenOffsets[token]; at < tokenOffsets[token + 1]; at++) {
      const feature = features[at];
      if (hasEveryTag(feature)) rows[row++] = pairOffsets[feature];
      else
        for (let pair = pairOffsets[feature]; pair < pairOffsets[feature + 1]; pair++)
          pairs[next[pairTags[pair]]++] = pair;
    }
  }
  const copy = <A extends Uint32Array | Uint8Array>(make: ArrayMaker<A>, from: A): A => {
    const to = array(make, from.length);
    to.set(from);
    return to;
  };
  return {
    memory,
    rowOffsets,
    rows,
    sentenceOffsets: copy(Uint32Array, sentenceOffsets),
    offsets,
    pairs,
    gold: copy(Uint8Array, gold),
    follows: copy(Uint8Array, shape.follows),
    tagCount,
    pairCount: pairTags.length,
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
