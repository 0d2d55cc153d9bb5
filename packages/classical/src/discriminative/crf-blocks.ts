import type { BlockFunction } from "../parallel/block-functions.js";
import type { ChainData } from "./chain-data.js";
import { chainGradient } from "./crf-gradient.js";

/** Sentences to train on, and where each block of them begins and the last ends. */
export interface CrfBlocks {
  readonly chains: ChainData;
  readonly starts: readonly number[];
}

/** The loss of a block of sentences. */
export function crfBlocks({ chains, starts }: CrfBlocks): BlockFunction {
  const gradientOf = chainGradient(chains);
  return (point, gradient, block) => gradientOf(point, gradient, starts[block], starts[block + 1]);
}
