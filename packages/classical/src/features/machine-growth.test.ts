import fc from "fast-check";
import { expect, test } from "vitest";
import { addUnigrams } from "./all-words.js";
import { absent } from "./hash-slots.js";
import { addLongerRuns } from "./lengthen-runs.js";
import { tokenLowerer } from "./lowered-tokens.js";
import { machineGrowth } from "./machine-growth.js";
import { addTokens } from "./number-tokens.js";
import { findChild } from "./term-trie.js";
import type { TextFeatures } from "./text-features.js";
import { ask, findAsked } from "./token-table.js";
import { emptyVocabulary, type Vocabulary } from "./vocabulary.js";

const { lowered, lower } = tokenLowerer({ tokenizer: "word", withoutAddresses: false } as TextFeatures);

/** Adds the words and pairs of texts, by machine code as far as it goes; what was found in each. */
function grow(vocabulary: Vocabulary, texts: readonly string[], mostBytes?: number): number[][] {
  let machine = mostBytes === undefined ? undefined : machineGrowth(vocabulary, mostBytes);
  const [number, lengthen] = [addTokens(vocabulary.tokens), addLongerRuns(vocabulary.trie)];
  return texts.map((text) => {
    const parted = machine?.part(text);
    const count = parted ?? lower(text);
    const units = parted === undefined ? lowered.starts[count] : text.length;
    const isMachine = machine?.makeRoom(count, units, 2 * count) ?? false;
    if (!isMachine) machine = undefined;
    const [numbers, runs, pairs] = machine?.arrays ?? [0, 1, 2].map(() => new Int32Array(count + 1));
    if (machine !== undefined && parted !== undefined) machine.number(count, numbers);
    else {
      lower(text);
      number(lowered, count, numbers);
    }
    addUnigrams(vocabulary);
    for (let i = 0; i < count; i++) runs[i] = numbers[i] === absent ? absent : vocabulary.unigrams[numbers[i]];
    (machine?.lengthen ?? lengthen)(runs, numbers, count, pairs);
    return [...numbers.subarray(0, count), ...pairs.subarray(0, count)];
  });
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

const word = fc.oneof(
  fc.constantFrom("a", "A", "film", "Films", "_x9", "\0", "\t\r\n", "%", "--", "Être", "İstanbul", "日本"),
  fc.string({ unit: "binary-ascii", maxLength: 20 }),
  fc.nat({ max: 40 }).map((length) => "ab".repeat(length)),
);
const texts = fc.array(fc.array(word).map((words) => words.join(" ")));

test("a vocabulary grows the same in machine code as elsewhere, whatever the texts", () => {
  fc.assert(
    fc.property(texts, (given) => {
      const [fast, plain] = [emptyVocabulary(), emptyVocabulary()];
      expect(grow(fast, given, 2 ** 25)).toEqual(grow(plain, given));
      expect(contents(fast)).toEqual(contents(plain));
    }),
  );
});

/** Texts of so many words, most of them new. */
function manyWords(count: number): string[] {
  return Array.from({ length: count / 100 }, (_, text) =>
    Array.from({ length: 100 }, (_, i) => `w${((text * 100 + i) * 7919) % (count * 2)}${i % 9 === 8 ? "é" : ""}`).join(
      " ",
    ),
  );
}

test.each([2 ** 25, 6_000_000])(
  "so it does as it outgrows its room, and where it may have %i bytes only",
  (mostBytes) => {
    const given = manyWords(100_000);
    const [fast, plain] = [emptyVocabulary(), emptyVocabulary()];
    expect(grow(fast, given, mostBytes)).toEqual(grow(plain, given));
    expect(contents(fast)).toEqual(contents(plain));
    const { tokens, trie, unigrams } = fast;
    // Whoever looks for what is in it finds it.
    ask(tokens, "w7919", 0, 5);
    const token = findAsked(tokens);
    expect(token).toBe(1);
    ask(tokens, "w0", 0, 2);
    expect(findChild(trie, unigrams[findAsked(tokens)], token)).not.toBe(absent);
    expect(trie.nodes.buffer instanceof SharedArrayBuffer).toBe(mostBytes === 2 ** 25);
  },
);
