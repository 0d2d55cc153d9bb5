import { expect, test } from "vitest";
import { otherCases } from "./hmm-case.js";
import { openEmissions } from "./hmm-emissions.js";
import { openSuffixes } from "./hmm-guesser.js";
import { learnEmissions } from "./hmm-learn-emissions.js";
import type { HmmParams } from "./hmm-params.js";
import { type CountedWord, countSuffixes, isCapital, rootOf } from "./hmm-suffixes.js";

/** Units that the words below tell apart, and how many others are like each. */
const kinds = (() => {
  const capitals = Array.from({ length: 2 ** 16 }, (_, unit) => unit).filter(isCapital).length;
  const others = 2 ** 16 - capitals - 10 - 2;
  return [
    { unit: "a", like: 1 },
    { unit: "b", like: 1 },
    { unit: "A", like: 1 },
    { unit: "B", like: 1 },
    { unit: "5", like: 1 },
    { unit: "7", like: 9 },
    { unit: "\u4e00", like: others },
    { unit: "Ω", like: capitals - 2 },
  ];
})();

/** Every string of up to so many units, one for all that are alike. */
function strings(longest: number): { word: string; like: number }[] {
  const levels = [[{ word: "", like: 1 }]];
  for (let length = 1; length <= longest; length++) {
    levels.push(
      levels[length - 1].flatMap(({ word, like }) =>
        kinds.map((kind) => ({ word: kind.unit + word, like: like * kind.like })),
      ),
    );
  }
  return levels.flat();
}

/**
 * The sum over all strings of numbers that are geometric in the length once it is 3, in each of the two trees: longer
 * strings than that differ from suffixes and known words of two units by units out of context alone.
 */
function sumOverStrings(count: number, numbersOf: (word: string) => ArrayLike<number>): number[] {
  const lengths = Array.from({ length: 5 }, () => Array.from({ length: 2 }, () => new Float64Array(count)));
  for (const { word, like } of strings(4)) {
    const sums = lengths[word.length][rootOf(word)];
    const numbers = numbersOf(word);
    for (let i = 0; i < count; i++) sums[i] += like * numbers[i];
  }
  return Array.from({ length: count }, (_, i) => {
    const all = lengths.flat().reduce((sum, each) => sum + each[i], 0);
    const rest = [0, 1].map((root) => {
      const [third, fourth] = [lengths[3][root][i], lengths[4][root][i]];
      return fourth === 0 ? 0 : (fourth * fourth) / (third - fourth);
    });
    return all + rest[0] + rest[1];
  });
}

const space = { count: 2, capitals: false, outside: -1 };

const counted = (word: string, ...counts: number[]): CountedWord => {
  const states = counts.flatMap((count, state) => (count > 0 ? [state] : []));
  return { word, states, counts: states.map((state) => counts[state]) };
};
const plain = [counted("a", 3, 1), counted("b", 0, 1), counted("A", 1, 0), counted("ab", 1, 0), counted("5", 0, 2)];
const withCase = [counted("a", 3, 1), counted("b", 0, 1), counted("A", 0, 0, 1, 0), counted("5", 0, 2)];

test.each([0, 1, 5])("spellings add up to 1 over all strings, and so do guesses: smoothing %d", (suffixSmoothing) => {
  const trie = countSuffixes(plain, 2, { suffixSmoothing, theta: 0.1 });
  const guesser = openSuffixes(trie, space);
  const guess = new Float64Array(2);
  const sums = sumOverStrings(3, (word) => {
    const spelling = Math.exp(guesser.logSpelling(word));
    guesser.guess(word, guess);
    expect(guess[0] + guess[1]).toBeCloseTo(1, 12);
    return [spelling, ...guess.map((each) => each * spelling)];
  });
  expect(sums[0]).toBeCloseTo(1, 9);
  expect([...guesser.mass()]).toEqual([expect.closeTo(sums[1], 9), expect.closeTo(sums[2], 9)]);
});

test.each([
  { capitals: false, recasing: 0, guessWeight: 0 },
  { capitals: false, recasing: 0.2, guessWeight: 0.5 },
  { capitals: true, recasing: 0.2, guessWeight: 0.5 },
])("p(word | state) adds up to 1 over all strings: %j", ({ capitals, recasing, guessWeight }) => {
  const states = capitals ? 4 : 2;
  const settings = { space: { count: states, capitals, outside: -1 }, recasing, guessWeight };
  const rare = { rareCount: 3, longestSuffix: 2, suffixSmoothing: 1 };
  const learned = learnEmissions(capitals ? withCase : plain, { ...settings, ...rare });
  const chain = { order: 1, decoding: "viterbi", transitions: new Float64Array((states + 1) ** 2) } as const;
  const params: HmmParams = { kind: "hmm", version: 1, tags: ["x", "y"], capitals, ...chain, ...learned };
  const emissions = openEmissions(params);
  const sums = sumOverStrings(states, (word) => {
    const { offsets, tags, probabilities } = emissions.read([word]);
    const factor = Math.exp(emissions.logFactors([word]));
    const row = new Float64Array(states);
    for (let at = offsets[0]; at < offsets[1]; at++) row[tags[at]] = factor * probabilities[at];
    return row;
  });
  for (const sum of sums) expect(sum).toBeCloseTo(1, 9);
});

test("an unknown word has the states of words that end as it does, and of its own case", () => {
  const verbs = ["walking", "talking", "sleeping"].map((word) => counted(word, 0, 1));
  const names = ["Boeing", "Beijing"].map((word) => counted(word, 1, 0));
  const trie = countSuffixes([...verbs, ...names, counted("cat", 1, 0)], 4, { suffixSmoothing: 1, theta: 0.1 });
  const guesser = openSuffixes(trie, space);
  const guess = new Float64Array(2);
  guesser.guess("jumping", guess);
  expect(guess[1]).toBeGreaterThan(0.8);
  guesser.guess("Nanjing", guess);
  expect(guess[0]).toBeGreaterThan(0.8);
});

test("the suffix of more counts weighs more; by Brants's weight it does not", () => {
  const few = [counted("aing", 0, 1), counted("cat", 9, 0)];
  const many = [counted("aing", 0, 9), counted("cat", 9, 0)];
  const beliefs = [1, 0].flatMap((suffixSmoothing) =>
    [few, many].map((words) => {
      const out = new Float64Array(2);
      openSuffixes(countSuffixes(words, 1, { suffixSmoothing, theta: 1 }), space).guess("ing", out);
      return out[1];
    }),
  );
  const prior = 10 / 20;
  expect(beliefs[1]).toBeGreaterThan(beliefs[0]);
  expect(beliefs[3]).toBeCloseTo((1 + (prior + 0.5) / 2) / 2, 1);
});

test("a word that is known in another case may be it", () => {
  const wide = { count: 4, capitals: true, outside: -1 };
  const settings = { space: wide, rareCount: 3, longestSuffix: 2, suffixSmoothing: 1 };
  const words = [counted("table", 5, 0), counted("go", 0, 5), counted("Rome", 0, 0, 5, 0), counted("xy", 1, 1)];
  const learned = learnEmissions(words, { ...settings, guessWeight: 0, recasing: 0.1 });
  const chain = { order: 1, decoding: "viterbi", transitions: new Float64Array(25) } as const;
  const params: HmmParams = { kind: "hmm", version: 1, tags: ["x", "y"], capitals: true, ...chain, ...learned };
  const emissions = openEmissions(params);
  const stateOf = (word: string): number => {
    const { offsets, tags, probabilities } = emissions.read([word]);
    const own = probabilities.subarray(offsets[0], offsets[1]);
    return tags[own.indexOf(Math.max(...own))];
  };
  expect(["Table", "TABLE", "Go", "rome"].map(stateOf)).toEqual([2, 2, 3, 0]);
});

test("a word says the same however many were read since it was first read", () => {
  const words = [counted("table", 5, 1), counted("go", 0, 5), counted("xy", 1, 1)];
  const settings = { space, rareCount: 3, longestSuffix: 2, suffixSmoothing: 1, guessWeight: 0, recasing: 0 };
  const chain = { order: 1, decoding: "viterbi", transitions: new Float64Array(9) } as const;
  const learned = learnEmissions(words, settings);
  const params: HmmParams = { kind: "hmm", version: 1, tags: ["x", "y"], capitals: false, ...chain, ...learned };
  const emissions = openEmissions(params);
  const read = (tokens: readonly string[]) => {
    const { offsets, tags, probabilities } = emissions.read(tokens);
    const end = offsets[tokens.length];
    return [offsets.slice(0, tokens.length + 1), tags.slice(0, end), probabilities.slice(0, end)];
  };
  const sentence = ["table", "stable", "go"];
  const before = read(sentence);
  const many = Array.from({ length: 40_000 }, (_, i) => `n${i}y`);
  expect(read([...many, ...sentence])[0]).toHaveLength(40_004);
  expect(read(sentence)).toEqual(before);
});

test("words have another case where it leads back", () => {
  const forms = (word: string): string[] => otherCases(word).map((each) => each.word);
  expect(forms("cat")).toEqual(["Cat", "CAT"]);
  expect(forms("a")).toEqual(["A"]);
  expect(forms("Cat")).toEqual(["cat"]);
  expect(forms("USA")).toEqual(["usa"]);
  expect(["iPad", "McCoy", "42", "", "ß", "東京", "\ud83d"].flatMap(forms)).toEqual([]);
  for (const word of ["cat", "a", "übung", "straße"]) {
    for (const form of otherCases(word)) expect(otherCases(form.word)).toEqual([{ word, share: 1 }]);
  }
  expect(["Ab", "ab", "5", "", "\u{10400}"].map(rootOf)).toEqual([1, 0, 0, 0, 0]);
});
