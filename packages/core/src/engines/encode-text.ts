import type { PreTrainedTokenizer } from "@xenova/transformers";
import { longestChunk, textChunks } from "../alignment/text-chunks.js";
import { spaceAtStart } from "../alignment/token-offsets.js";

/** The ids of a text of any length without special tokens, in time proportional to it. */
export function textEncoder(tokenizer: PreTrainedTokenizer): (text: string) => number[] {
  let space: ReturnType<typeof spaceAtStart> | undefined;
  const encode = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false });
  return (text) => {
    if (text.length <= longestChunk) return encode(text);
    space ??= spaceAtStart(tokenizer);
    return textChunks(text, space).flatMap(({ start, end }) => encode(text.slice(start, end)));
  };
}
