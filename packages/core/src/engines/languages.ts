import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { Languages } from "./engine.js";

const elsewhere =
  'For other languages name a model of theirs by its id on the Hugging Face Hub ("bifocal models pull org/name" brings it) or by the path of a folder in the Hub\'s layout.';

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
 * Tells a tokenizer of many languages which it reads, and gives the token that makes the model write the other. Where
 * one of the two is not said, the pair that its own configuration names says it, in either direction.
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
  const { src_lang: from, tgt_lang: into } = tokenizer.config;
  const target = knownLanguage(tokenizer, "targetLanguage", targetLanguage ?? beside(sourceLanguage, into, from));
  const source = knownLanguage(tokenizer, "sourceLanguage", sourceLanguage ?? beside(targetLanguage, from, into));
  const languages: Parameters<ManyLanguages["_build_translation_inputs"]>[2] = { src_lang: source, tgt_lang: target };
  tokenizer._build_translation_inputs([""], {}, languages);
  return languages.forced_bos_token_id;
}

function hasManyLanguages(tokenizer: object): tokenizer is ManyLanguages {
  return "_build_translation_inputs" in tokenizer && "language_codes" in tokenizer;
}

/** The usual language, or the other one where the usual one is said to be at the other end. */
function beside<L>(said: string | undefined, usual: L, other: L): L {
  return said !== undefined && said === usual ? other : usual;
}

function knownLanguage(tokenizer: ManyLanguages, option: string, code: string | null | undefined): string {
  if (code != null && tokenizer.language_codes.includes(code)) return code;
  const { language_codes: codes } = tokenizer;
  const problem =
    code == null
      ? `This model needs ${option}. There are: ${codes.join(", ")}.`
      : `This model does not know the ${option} "${code}". ${didYouMean(code, codes)} ${elsewhere}`;
  throw new BifocalError("invalid-input", problem);
}
