import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenize, tokenizerNamed, tokenizers } from "./tokenizers.js";
import { hasNumber } from "./word.js";

/** Any UTF-16, half characters included, rich in what tokenizers part at. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        " ",
        "\n",
        "\u00a0",
        "\ufeff",
        "a",
        "Z_9",
        "é",
        "e\u0301",
        "İ",
        "½",
        "\ud83d",
        "\ude42",
        "𝔸",
        "𞤀",
        "①",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

function textsOf(text: string, name: string): string[] {
  return tokenize(text, name).map(({ text: token }) => token);
}

test.each([
  ["word", /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]/gu],
  ["whitespace", /\S+/gu],
])("%s gives what the regular expression matches, on any Unicode", (name, expression) => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(textsOf(text, name)).toEqual(text.match(expression) ?? []);
    }),
    { numRuns: 3000 },
  );
});

test("every character of Unicode is of the regular expression's class", () => {
  const isWord = /^[\p{L}\p{M}\p{N}_]$/u;
  const isSpace = /^\s$/u;
  const isNumber = /^\p{N}$/u;
  const { tokenize: read } = tokenizerNamed("word");
  const bounds = { offsets: new Uint32Array(8) };
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    const expected = isSpace.test(character) ? 2 : isWord.test(character) ? 1 : 3;
    if (read(`a${character}b`, bounds) !== expected) expect.fail(`U+${codePoint.toString(16)}`);
    if (hasNumber(character, 0, character.length) !== isNumber.test(character)) expect.fail(`number ${codePoint}`);
  }
});

test.each(Object.keys(tokenizers))(
  "%s tokens stand in the text as told, in order, none empty, none white space",
  (name) => {
    fc.assert(
      fc.property(anyText, (text) => {
        let from = 0;
        for (const token of tokenize(text, name)) {
          expect(token.start).toBeGreaterThanOrEqual(from);
          expect(token.end).toBeGreaterThan(token.start);
          expect(text.slice(token.start, token.end)).toBe(token.text);
          expect(token.text.trim()).not.toBe("");
          from = token.end;
        }
      }),
    );
  },
);

test.each([
  ["word", ["It", "'", "s", "naïve", ",", "3", ".", "5", "!"]],
  ["whitespace", ["It's", "naïve,", "3.5!"]],
  ["natural", ["It", "s", "na", "ve", "3", "5"]],
  ["wink", ["It", "'s", "naïve", ",", "3.5", "!"]],
])("%s parts a sentence its own way", (name, tokens) => {
  expect(textsOf("It's naïve,\n\n3.5!", name)).toEqual(tokens);
});

test.each(Object.entries(tokenizers))("%s goes by its name", (name, tokenizer) => {
  expect(tokenizer.name).toBe(name);
});

test("a long text is read in linear time by each", () => {
  for (const text of ["a".repeat(300_000), "a b, ".repeat(60_000), "a@".repeat(100_000)])
    for (const name of Object.keys(tokenizers)) expect(tokenize(text, name).length).toBeGreaterThan(0);
}, 20_000);

test.each(["words", "__proto__", "constructor"])("there is no tokenizer %s", (name) => {
  expect(() => tokenize("a", name)).toThrow(expect.objectContaining({ code: "unknown-option" }));
});
