import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { PreTrainedTokenizer } from "@xenova/transformers";
import type { WriteOptions } from "./engine.js";

/** What the tokenizers of NLLB, M2M-100 and mBART add to the others'. */
interface ManyLanguages {
  readonly language_codes: readonly string[];
  _build_translation_inputs(
    texts: string[],
    options: object,
    languages: { src_lang?: string; tgt_lang?: string; forced_bos_token_id?: number },
  ): unknown;
}

/**
 * Tells a tokenizer of many languages which it reads, and gives the token that makes the model write the other.
 * @throws {BifocalError} `unsupported` where the model has no choice of language; `invalid-input` with the codes it has.
 */
export function forcedFirstToken(
  tokenizer: PreTrainedTokenizer,
  { sourceLanguage, targetLanguage }: WriteOptions,
): number | undefined {
  if (!hasManyLanguages(tokenizer)) {
    if (sourceLanguage === undefined && targetLanguage === undefined) return undefined;
    throw new BifocalError(
      "unsupported",
      "This model has no choice of languages. Leave sourceLanguage and targetLanguage out.",
    );
  }
  const target = knownLanguage(tokenizer, "targetLanguage", targetLanguage);
  const source = knownLanguage(tokenizer, "sourceLanguage", sourceLanguage);
  const languages: Parameters<ManyLanguages["_build_translation_inputs"]>[2] = { src_lang: source, tgt_lang: target };
  tokenizer._build_translation_inputs([""], {}, languages);
  return languages.forced_bos_token_id;
}

function hasManyLanguages(tokenizer: PreTrainedTokenizer): tokenizer is PreTrainedTokenizer & ManyLanguages {
  return "_build_translation_inputs" in tokenizer && "language_codes" in tokenizer;
}

function knownLanguage(tokenizer: ManyLanguages, option: string, code: string | undefined): string {
  if (code !== undefined && tokenizer.language_codes.includes(code)) return code;
  const problem =
    code === undefined ? `This model needs ${option}` : `This model does not know the ${option} "${code}"`;
  throw new BifocalError("invalid-input", `${problem}. ${didYouMean(code ?? "", tokenizer.language_codes)}`);
}
