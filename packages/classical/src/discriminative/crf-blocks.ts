import type { BlockFunction } from "../parallel/block-functions.js";
import type { ChainData } from "./chain-data.js";
import { chainGradient } from "./crf-gradient.js";
import { memmGradient } from "./memm-gradient.js";

/** How the scores of a sentence become probabilities: over all its taggings (CRF), or tag by tag (MEMM). */
export type Normalization = "global" | "local";

/** Sentences to train on, and where each block of them begins and the last ends. */
export interface CrfBlocks {
  readonly chains: ChainData;
  readonly starts: readonly number[];
  readonly normalization: Normalization;
}

const gradients = { global: chainGradient, local: memmGradient } as const;

/** The loss of a block of sentences. */
export function crfBlocks({ chains, starts, normalization }: CrfBlocks): BlockFunction {
  const gradientOf = gradients[normalization](chains);
  return (point, gradient, block) => gradientOf(point, gradient, starts[block], starts[block + 1]);
}
