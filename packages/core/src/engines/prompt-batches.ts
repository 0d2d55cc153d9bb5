import { batchesByLength } from "./batches.js";
import { mayPad } from "./decoder-network.js";
import type { DecodingSettings } from "./decoding-settings.js";
import type { Loaded } from "./loaded.js";
import type { ReadTokens } from "./read-tokens.js";

/** A text that was read, and how many tokens may follow it. */
export interface Prompt extends ReadTokens {
  /** Its number among the texts of the call. */
  readonly place: number;
  readonly maxNewTokens: number;
}

/** How many sequences are followed at once, and how many tokens they have together, at most. */
const most = { rows: 16, tokens: 8192 };

/**
 * Prompts that can be written for together: of the same room, and where the network knows no positions of the same length.
 * Activations of 8 bits are scaled by the largest of the whole batch: there a text is as if alone only where it is.
 */
export function batchesOf(
  loaded: Loaded,
  prompts: readonly Prompt[],
  { numBeams, numReturnSequences }: DecodingSettings,
): Prompt[][] {
  const copies = Math.max(numBeams, numReturnSequences);
  const limits = {
    rows: loaded.quantized ? 1 : Math.max(1, Math.floor(most.rows / copies)),
    tokens: most.tokens / copies,
  };
  const needsEqual = loaded.config.is_encoder_decoder !== true && !mayPad(loaded);
  const groups = new Map<string, Prompt[]>();
  for (const prompt of prompts.filter(({ ids }) => ids.length > 0)) {
    const key = `${prompt.maxNewTokens} ${needsEqual ? prompt.ids.length : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), prompt]);
  }
  const batches = [...groups.values()].flatMap((group) => {
    const lengths = group.map(({ ids, maxNewTokens }) => ids.length + maxNewTokens);
    return batchesByLength(lengths, limits).map((batch) => batch.map((i) => group[i] as Prompt));
  });
  return [...batches, ...prompts.filter(({ ids }) => ids.length === 0).map((prompt) => [prompt])];
}
