import { tokenFeatures } from "../features/token-features.js";
import { commonWordsOf } from "../features/token-features-common-words.js";
import { frequentFeatures, indexFeatures } from "../features/token-features-index.js";
import type { TaggedSentence } from "../learner.js";

/** A sentence as the learner sees it. */
export interface Example {
  /** tokens × `featuresPerToken` positions among the known features, -1 where there is none. */
  readonly positions: Int32Array;
  /** The index of each token's tag. */
  readonly gold: Uint8Array;
}

/** Sentences with the features that stand at least so many times among them. */
export function encodeExamples(
  sentences: readonly TaggedSentence[],
  tags: readonly string[],
  minimumCount: number,
): { features: Uint32Array; commonWords: Uint32Array; examples: Example[] } {
  const commonWords = commonWordsOf(sentences);
  const common = new Set(commonWords);
  const read = sentences.map(({ tokens }) => tokenFeatures(tokens, common));
  const all = new Uint32Array(read.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of read) {
    all.set(each, at);
    at += each.length;
  }
  const features = frequentFeatures(all, minimumCount);
  const index = indexFeatures(features);
  const examples = sentences.map((sentence, i) => ({
    positions: index.positions(read[i]),
    gold: Uint8Array.from(sentence.tags, (tag) => tags.indexOf(tag)),
  }));
  return { features, commonWords, examples };
}
