import fc from "fast-check";
import { expect, test } from "vitest";
import { allWords } from "./all-words.js";
import { absent } from "./hash-slots.js";
import { findChild } from "./term-trie.js";
import type { TextFeatures } from "./text-features.js";
import { ask, findAsked } from "./token-table.js";
import { emptyVocabulary, type Vocabulary } from "./vocabulary.js";

/** The terms that are found in each text, and the vocabulary that grows by them. */
function read(texts: readonly string[], ngrams: number, mostBytes?: number) {
  const vocabulary = emptyVocabulary();
  const { find } = allWords(
    { tokenizer: "word", ngrams, withoutAddresses: false } as TextFeatures,
    vocabulary,
    mostBytes,
  );
  const found = texts.map((text) => {
    const { ids, length, tokens } = find(text);
    return { ids: [...ids.subarray(0, length)], tokens };
  });
  return { vocabulary, found };
}

/** What a vocabulary holds, in whatever room. */
function contents({ tokens, trie, unigrams, known }: Vocabulary) {
  const starts = [...tokens.starts.subarray(0, tokens.size + 1)];
  return {
    starts,
    units: [...tokens.units.subarray(0, starts.at(-1))],
    nodes: [...trie.nodes.subarray(0, 2 * trie.size)],
    unigrams: [...unigrams.subarray(0, known)],
  };
}

const inJavaScript = 0;

const word = fc.oneof(
  fc.constantFrom(
    "a",
    "A",
    "film",
    "Films",
    "_x9",
    "\0",
    "\t\r\n",
    "%",
    "--",
    "Être",
    "İstanbul",
    "日本",
    "🙂",
    "\ud83d",
  ),
  fc.string({ unit: "binary-ascii", maxLength: 20 }),
  fc.nat({ max: 40 }).map((length) => "ab".repeat(length)),
);
const someTexts = fc.array(fc.array(word).map((words) => words.join(" ")));

test("a vocabulary grows the same in machine code as in JavaScript, whatever the texts", () => {
  fc.assert(
    fc.property(someTexts, fc.nat({ max: 4 }), (texts, ngrams) => {
      const [machine, plain] = [read(texts, ngrams), read(texts, ngrams, inJavaScript)];
      expect(machine.found).toEqual(plain.found);
      expect(contents(machine.vocabulary)).toEqual(contents(plain.vocabulary));
      expect(machine.vocabulary.trie.nodes.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(plain.vocabulary.trie.nodes.buffer).toBeInstanceOf(ArrayBuffer);
    }),
  );
});

/** Texts of a hundred words, so many together and most of them new, of which some are not ASCII. */
function manyWords(count: number): string[] {
  return Array.from({ length: count / 100 }, (_, text) =>
    Array.from(
      { length: 100 },
      (_, i) => `w${((text * 100 + i) * 7919) % (count * 2)}${i % 99 === 98 ? "é" : ""}`,
    ).join(" "),
  );
}

test.each([undefined, 3_000_000, 6_000_000])(
  "so it does as it outgrows its room, where that may be %s bytes",
  (mostBytes) => {
    const texts = [...manyWords(60_000), `long ${"and longer ".repeat(100_000)}`, "the end of it"];
    const [machine, plain] = [read(texts, 2, mostBytes), read(texts, 2, inJavaScript)];
    expect(machine.found).toEqual(plain.found);
    expect(contents(machine.vocabulary)).toEqual(contents(plain.vocabulary));
    const { tokens, trie, unigrams } = machine.vocabulary;
    expect(trie.nodes.buffer instanceof SharedArrayBuffer).toBe(mostBytes === undefined);
    // Whoever looks for what is in it finds it.
    const numberOf = (token: string): number => {
      ask(tokens, token, 0, token.length);
      return findAsked(tokens);
    };
    expect(findChild(trie, unigrams[numberOf("w0")], numberOf("w7919"))).not.toBe(absent);
    expect(findChild(trie, unigrams[numberOf("w7919")], numberOf("w0"))).toBe(absent);
  },
);
