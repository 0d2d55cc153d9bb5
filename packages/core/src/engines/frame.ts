import type { PreTrainedTokenizer } from "@xenova/transformers";

/** Special tokens around every text: [CLS] and [SEP], say. */
export interface Frame {
  readonly opening: readonly number[];
  readonly closing: readonly number[];
}

export function frameOf(tokenizer: PreTrainedTokenizer): Frame {
  const specials = tokenizer.encode("");
  const opens = specials.length > 1 || (specials.length === 1 && specials[0] !== tokenizer.eos_token_id) ? 1 : 0;
  return { opening: specials.slice(0, opens), closing: specials.slice(opens) };
}

export function framed({ opening, closing }: Frame, ids: readonly number[]): number[] {
  return [...opening, ...ids, ...closing];
}

/** How many special tokens there are around a text. */
export function frameLength({ opening, closing }: Frame): number {
  return opening.length + closing.length;
}
