import { labelOfTag } from "@bifocal/contracts";
import { type Params, unfitting } from "../model-file.js";

/** What a linear-chain tagger learned. */
export interface CrfParams extends Params {
  readonly kind: "crf";
  readonly version: 1;
  /** IOB2 tags: `O`, then a `B-` and an `I-` for each entity type. */
  readonly tags: readonly string[];
  /** Hashes of the features that have weights; see `tokenFeatures`. */
  readonly features: Uint32Array;
  /** Hashes of words that are common in lower case; see `commonWordsOf`. */
  readonly commonWords: Uint32Array;
  /** features × tags. */
  readonly weights: Float32Array;
  /** (tags + 1) × tags: from each tag, and in the last row from the start of a sentence, to each tag. */
  readonly transitions: Float32Array;
  /** What scores are divided by before they become probabilities; fitted on sentences held out. */
  readonly temperature: number;
}

/** `O`, then `B-` and `I-` of each entity type in the order of the alphabet. */
export function tagsOfLabels(labels: Iterable<string>): string[] {
  return ["O", ...[...labels].sort().flatMap((label) => [`B-${label}`, `I-${label}`])];
}

/** @throws {BifocalError} `model-damaged` where the parts do not fit each other. */
export function checkCrfParams(params: CrfParams, name: string): void {
  const { tags, features, commonWords, weights, transitions, temperature } = params;
  const fits =
    Array.isArray(tags) &&
    tags.every((tag) => tag === "O" || labelOfTag(tag)) &&
    commonWords instanceof Uint32Array &&
    features?.length * tags.length === weights?.length &&
    transitions?.length === (tags.length + 1) * tags.length &&
    temperature > 0;
  if (!fits) throw unfitting(name);
}
