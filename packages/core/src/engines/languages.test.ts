import { expect, test } from "vitest";
import { languageTeller } from "./languages.js";
import type { Loaded } from "./loaded.js";

/** A tokenizer of three languages, as the library has them, that notes which it was told to read. */
function polyglot(config: { src_lang?: string; tgt_lang?: string } = {}) {
  const codes = ["en", "it", "fr"];
  const reads: (string | undefined)[] = [];
  return {
    config,
    language_codes: codes,
    reads,
    _build_translation_inputs(
      _texts: string[],
      _options: object,
      languages: { src_lang?: string; tgt_lang?: string; forced_bos_token_id?: number },
    ) {
      reads.push(languages.src_lang);
      languages.forced_bos_token_id = 100 + codes.indexOf(languages.tgt_lang ?? "");
    },
  };
}

/** What a model with such a tokenizer begins to write with. */
function forcedFirst(tokenizer: object, languages: { sourceLanguage?: string; targetLanguage?: string }) {
  const tell = languageTeller({ tokenizer: tokenizer as Loaded["tokenizer"], config: { model_type: "m2m_100" } });
  return tell(languages).forcedFirst;
}

test("makes a model of many languages begin with the one asked for", () => {
  const tokenizer = polyglot();
  expect(forcedFirst(tokenizer, { sourceLanguage: "en", targetLanguage: "it" })).toBe(101);
  expect(tokenizer.reads).toEqual(["en"]);
});

test("takes the pair that the tokenizer names, unless told otherwise", () => {
  const tokenizer = polyglot({ src_lang: "en", tgt_lang: "fr" });
  expect(forcedFirst(tokenizer, {})).toBe(102);
  expect(forcedFirst(tokenizer, { sourceLanguage: "fr", targetLanguage: "en" })).toBe(100);
  expect(tokenizer.reads).toEqual(["en", "fr"]);
});

test("reads the named pair either way where one end is said", () => {
  const tokenizer = polyglot({ src_lang: "en", tgt_lang: "fr" });
  expect(forcedFirst(tokenizer, { sourceLanguage: "fr" })).toBe(100);
  expect(forcedFirst(tokenizer, { targetLanguage: "en" })).toBe(100);
  expect(forcedFirst(tokenizer, { sourceLanguage: "it" })).toBe(102);
  expect(forcedFirst(tokenizer, { targetLanguage: "it" })).toBe(101);
  expect(tokenizer.reads).toEqual(["fr", "fr", "it", "en"]);
});

test("says which languages there are", () => {
  expect(() => forcedFirst(polyglot(), { sourceLanguage: "en" })).toThrow(/targetLanguage.*en, it, fr/);
  expect(() => forcedFirst(polyglot(), { sourceLanguage: "en", targetLanguage: "itt" })).toThrow(
    /Did you mean "it".*pull org\/name/,
  );
});

test("leaves a model of one pair alone, and refuses to choose for it", () => {
  expect(forcedFirst({}, {})).toBeUndefined();
  expect(() => forcedFirst({}, { targetLanguage: "it" })).toThrow(/no choice of languages/);
});
