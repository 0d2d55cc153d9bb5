import fc from "fast-check";
import { expect, test } from "vitest";
import { withBeginnings } from "./choose-columns.js";
import { encodeVocabulary } from "./encode-vocabulary.js";
import { nodesByName } from "./named-nodes.js";
import { addChild, characterRoot, wordRoot } from "./term-trie.js";
import { addAsked, ask } from "./token-table.js";
import { emptyVocabulary, termOf } from "./vocabulary.js";
import { columnsOfBytes, decodeVocabulary } from "./vocabulary-bytes.js";

/** A vocabulary with a column a term, in that order: words, or characters. */
function bytesOf(words: readonly (readonly string[])[], runs: readonly string[] = []): Uint8Array {
  const vocabulary = emptyVocabulary();
  const nodeOf = (root: number, symbols: readonly number[]) =>
    symbols.reduce((node, symbol) => addChild(vocabulary.trie, node, symbol), root);
  const chosen = [
    ...words.map((tokens) =>
      nodeOf(
        wordRoot,
        tokens.map((token) => {
          ask(vocabulary.tokens, token, 0, token.length);
          return addAsked(vocabulary.tokens);
        }),
      ),
    ),
    ...runs.map((run) =>
      nodeOf(
        characterRoot,
        Array.from(run, (character) => character.codePointAt(0) as number),
      ),
    ),
  ];
  const { trie } = vocabulary;
  const order = withBeginnings(trie, Int32Array.from(chosen));
  return encodeVocabulary(trie, nodesByName(vocabulary), order, chosen.length);
}

function termsOf(bytes: Uint8Array): string[] {
  const vocabulary = decodeVocabulary(bytes);
  return Array.from({ length: vocabulary.columns }, (_, column) => termOf(vocabulary, column));
}

test("a pair whose first word is no term keeps it all the same", () => {
  const bytes = bytesOf([["film"], ["good", "film"]]);
  expect(termsOf(bytes)).toEqual(["film", "good film"]);
  expect(columnsOfBytes(bytes)).toBe(2);
});

test("any tokens and characters read back as they were, half characters too", () => {
  const token = fc
    .array(
      fc.oneof(fc.string({ unit: "binary", minLength: 1, maxLength: 3 }), fc.constantFrom("\ud800", "\udc00", "𝔸")),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => parts.join("").toLowerCase());
  const words = fc.uniqueArray(fc.array(token, { minLength: 1, maxLength: 4 }), {
    selector: (tokens) => tokens.join("\0 "),
  });
  const runs = fc.uniqueArray(token);
  fc.assert(
    fc.property(words, runs, (wordTerms, characterTerms) => {
      expect(termsOf(bytesOf(wordTerms, characterTerms))).toEqual([
        ...wordTerms.map((each) => each.join(" ")),
        ...characterTerms,
      ]);
    }),
    { numRuns: 500 },
  );
});

test("numbers of any size are kept", () => {
  const words = Array.from({ length: 40_000 }, (_, i) => [
    `w${i % 20_000}`,
    ...(i < 20_000 ? [] : [`w${(i * 7) % 20_000}`]),
  ]);
  expect(termsOf(bytesOf(words))).toEqual(words.map((each) => each.join(" ")));
});

test("bytes cut short or altered are refused, or read without harm", () => {
  const bytes = bytesOf([["good"], ["film"], ["good", "film"]], [" go"]);
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeVocabulary(bytes.subarray(0, length)), `cut to ${length}`).toThrow(
      expect.objectContaining({ code: "model-damaged" }),
    );
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
      const altered = bytes.slice();
      altered[at] = byte;
      try {
        termsOf(altered);
      } catch (error) {
        expect(error).toMatchObject({ code: "model-damaged" });
      }
    }),
    { numRuns: 2000 },
  );
});
