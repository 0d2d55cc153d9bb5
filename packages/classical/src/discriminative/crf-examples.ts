import { throwIfAborted } from "@bifocal/contracts";
import { tokenFeatureReader } from "../features/token-features.js";
import { frequentFeatures, indexFeatures } from "../features/token-features-index.js";
import type { TokenKnowledge } from "../features/token-knowledge.js";
import type { TaggedSentence, TrainingSignal } from "../learner.js";
import type { TagDataset } from "./tag-dataset.js";

/** A sentence as the learner sees it. */
export interface Example {
  /** tokens × features per token: positions among the known features, -1 where there is none. */
  readonly positions: Int32Array;
  readonly perToken: number;
  /** The index of each token's tag. */
  readonly gold: Uint8Array;
}

/** How sentences are read as features. */
export interface ReadingOptions {
  readonly templates: readonly string[];
  readonly known: TokenKnowledge;
  readonly minimumCount: number;
  readonly signal?: TrainingSignal | undefined;
}

const sentencesBetweenChecks = 50;

/** Sentences as features, and which these are. */
export interface Examples {
  /** Hashes of the known features. */
  readonly features: Uint32Array;
  readonly examples: readonly Example[];
}

/** Sentences with the features that stand at least so many times among them. @throws {BifocalError} `aborted`. */
export function encodeExamples(
  sentences: readonly TaggedSentence[],
  tags: readonly string[],
  { templates, known, minimumCount, signal }: ReadingOptions,
): Examples {
  const { read, perToken } = tokenFeatureReader(templates, known);
  const eachSentence = <Result>(of: (sentence: TaggedSentence, i: number) => Result): Result[] =>
    sentences.map((sentence, i) => {
      if (i % sentencesBetweenChecks === 0) throwIfAborted(signal);
      return of(sentence, i);
    });
  const rows = eachSentence(({ tokens }) => read(tokens));
  const all = new Uint32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of rows) {
    all.set(each, at);
    at += each.length;
  }
  const features = frequentFeatures(all, minimumCount);
  const index = indexFeatures(features);
  const examples = eachSentence((sentence, i) => ({
    positions: index.positions(rows[i]),
    perToken,
    gold: Uint8Array.from(sentence.tags, (tag) => tags.indexOf(tag)),
  }));
  return { features, examples };
}

/** Examples laid out one after the other. */
export function tagDatasetOf(examples: readonly Example[], featureCount: number, tagCount: number): TagDataset {
  const tokens = examples.reduce((sum, { gold }) => sum + gold.length, 0);
  const count = examples.reduce((sum, { positions }) => sum + positions.reduce((n, at) => n + Number(at >= 0), 0), 0);
  const sentenceOffsets = new Uint32Array(examples.length + 1);
  const tokenOffsets = new Uint32Array(tokens + 1);
  const features = new Uint32Array(count);
  const gold = new Uint8Array(tokens);
  let token = 0;
  let to = 0;
  for (const [sentence, example] of examples.entries()) {
    gold.set(example.gold, token);
    for (let i = 0; i < example.positions.length; i++) {
      if (example.positions[i] >= 0) features[to++] = example.positions[i];
      if ((i + 1) % example.perToken === 0) tokenOffsets[++token] = to;
    }
    sentenceOffsets[sentence + 1] = token;
  }
  return { sentenceOffsets, tokenOffsets, features, featureCount, gold, tagCount };
}
