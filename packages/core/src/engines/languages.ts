import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { Languages } from "./engine.js";

/** What the tokenizers of NLLB, M2M-100 and mBART add to the others'. */
interface ManyLanguages {
  readonly language_codes: readonly string[];
  /** tokenizer_config.json, where a model made for one pair of languages names it. */
  readonly config: { readonly src_lang?: string | null; readonly tgt_lang?: string | null };
  _build_translation_inputs(
    texts: string[],
    options: object,
    languages: { src_lang?: string; tgt_lang?: string; forced_bos_token_id?: number },
  ): unknown;
}

/**
 * Tells a tokenizer of many languages which it reads (by default the pair that its own configuration names), and gives the token that makes the model write the other.
 * @throws {BifocalError} `unsupported` where the model has no choice of language; `invalid-input` with the codes it has.
 */
export function forcedFirstToken(tokenizer: object, { sourceLanguage, targetLanguage }: Languages): number | undefined {
  if (!hasManyLanguages(tokenizer)) {
    if (sourceLanguage === undefined && targetLanguage === undefined) return undefined;
    throw new BifocalError(
      "unsupported",
      "This model has no choice of languages. Leave sourceLanguage and targetLanguage out.",
    );
  }
  const target = knownLanguage(tokenizer, "targetLanguage", targetLanguage ?? tokenizer.config.tgt_lang);
  const source = knownLanguage(tokenizer, "sourceLanguage", sourceLanguage ?? tokenizer.config.src_lang);
  const languages: Parameters<ManyLanguages["_build_translation_inputs"]>[2] = { src_lang: source, tgt_lang: target };
  tokenizer._build_translation_inputs([""], {}, languages);
  return languages.forced_bos_token_id;
}

function hasManyLanguages(tokenizer: object): tokenizer is ManyLanguages {
  return "_build_translation_inputs" in tokenizer && "language_codes" in tokenizer;
}

function knownLanguage(tokenizer: ManyLanguages, option: string, code: string | null | undefined): string {
  if (code != null && tokenizer.language_codes.includes(code)) return code;
  const { language_codes: codes } = tokenizer;
  const problem =
    code == null
      ? `This model needs ${option}. There are: ${codes.join(", ")}.`
      : `This model does not know the ${option} "${code}". ${didYouMean(code, codes)}`;
  throw new BifocalError("invalid-input", problem);
}
