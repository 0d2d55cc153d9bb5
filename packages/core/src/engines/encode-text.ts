import type { PreTrainedTokenizer } from "@xenova/transformers";
import { textChunks } from "../alignment/text-chunks.js";
import { spaceAtStart } from "../alignment/token-offsets.js";

/** The ids of a text of any length without special tokens, in time proportional to it. */
export function textEncoder(tokenizer: PreTrainedTokenizer): (text: string) => number[] {
  const space = spaceAtStart(tokenizer);
  return (text) =>
    textChunks(text, space).flatMap(({ start, end }) =>
      tokenizer.encode(text.slice(start, end), { add_special_tokens: false }),
    );
}
