import { textEncoder } from "./encode-text.js";
import { forcedFirstToken } from "./languages.js";
import type { Loaded } from "./loaded.js";
import type { Answer } from "./protocol.js";

/** How long texts are as the model reads them, special tokens included. */
export function countTokens({ tokenizer, context }: Loaded): Answer<"count"> {
  const encode = textEncoder(tokenizer);
  return async ({ texts, languages }) => {
    forcedFirstToken(tokenizer, languages);
    const around = tokenizer.encode("").length;
    return { tokens: texts.map((text) => around + encode(text).length), room: context };
  };
}
