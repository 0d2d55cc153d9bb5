import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { Languages } from "./engine.js";
import type { Loaded } from "./loaded.js";

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

/** What tells a model the languages. */
export interface LanguageTokens {
  /** Stands before all that is read: Marian's `>>fra<<`. */
  readonly before: readonly number[];
  /** Begins what is written, of NLLB, M2M-100 and mBART. */
  readonly forcedFirst: number | undefined;
}

/**
 * Tells a model which languages to read and write, in the way that it was trained to be told.
 * @throws {BifocalError} when called: `unsupported` where there is no such choice; `invalid-input` with the codes there are.
 */
export function languageTeller({
  tokenizer,
  config,
}: Pick<Loaded, "tokenizer" | "config">): (languages: Languages) => LanguageTokens {
  const targets = config.model_type === "marian" ? targetTokens(tokenizer) : new Map<string, number>();
  if (targets.size === 0) return (languages) => ({ before: [], forcedFirst: forcedFirstToken(tokenizer, languages) });
  return ({ sourceLanguage, targetLanguage }) => {
    if (sourceLanguage !== undefined)
      throw new BifocalError(
        "unsupported",
        "This model is told only which language to write. Leave sourceLanguage out.",
      );
    const codes = [...targets.keys()];
    const only = codes.length === 1 ? codes[0] : undefined;
    const target = knownLanguage(codes, "targetLanguage", targetLanguage ?? only);
    return { before: [targets.get(target) as number], forcedFirst: undefined };
  };
}

/** The languages that a Marian model of several writes, by the code in their tokens: `>>fra<<`, `>>pt_BR<<`. */
function targetTokens(tokenizer: Loaded["tokenizer"]): Map<string, number> {
  const found = [...tokenizer.get_vocab()].map(([token, id]) => [/^>>([\w-]+)<<$/u.exec(token)?.[1], id] as const);
  return new Map(found.flatMap(([code, id]) => (code === undefined ? [] : [[code, id] as const])));
}

/**
 * Tells a tokenizer of many languages which it reads, and gives the token that makes the model write the other. Where
 * one of the two is not said, the pair that its own configuration names says it, in either direction.
 * @throws {BifocalError} `unsupported` where the model has no choice of language; `invalid-input` with the codes it has.
 */
function forcedFirstToken(tokenizer: object, { sourceLanguage, targetLanguage }: Languages): number | undefined {
  if (!hasManyLanguages(tokenizer)) {
    if (sourceLanguage === undefined && targetLanguage === undefined) return undefined;
    throw new BifocalError(
      "unsupported",
      "This model has no choice of languages. Leave sourceLanguage and targetLanguage out.",
    );
  }
  const { src_lang: from, tgt_lang: into } = tokenizer.config;
  const codes = tokenizer.language_codes;
  const target = knownLanguage(codes, "targetLanguage", targetLanguage ?? beside(sourceLanguage, into, from));
  const source = knownLanguage(codes, "sourceLanguage", sourceLanguage ?? beside(targetLanguage, from, into));
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

function knownLanguage(codes: readonly string[], option: string, code: string | null | undefined): string {
  if (code != null && codes.includes(code)) return code;
  const problem =
    code == null
      ? `This model needs ${option}. There are: ${codes.join(", ")}.`
      : `This model does not know the ${option} "${code}". ${didYouMean(code, codes)} ${elsewhere}`;
  throw new BifocalError("invalid-input", problem);
}
