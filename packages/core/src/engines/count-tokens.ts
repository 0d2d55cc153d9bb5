import { textEncoder } from "./encode-text.js";
import { languageTeller } from "./languages.js";
import type { Loaded } from "./loaded.js";
import type { Answer } from "./protocol.js";

/** How long texts are as the model reads them, special tokens included. */
export function countTokens(loaded: Loaded): Answer<"count"> {
  const { tokenizer, context } = loaded;
  const tellLanguages = languageTeller(loaded);
  const encode = textEncoder(tokenizer);
  return async ({ texts, languages }) => {
    const { before } = tellLanguages(languages);
    const around = before.length + tokenizer.encode("").length;
    return { tokens: texts.map((text) => around + encode(text).length), room: context };
  };
}
