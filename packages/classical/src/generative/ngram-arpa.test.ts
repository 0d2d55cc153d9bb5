import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { writeArpa } from "./ngram-arpa.js";
import { readArpa } from "./ngram-read-arpa.js";
import { scoreSentence, trainBackoffNgrams, type WordNgrams, wordReader } from "./ngram-words.js";

const letters = ["a", "b", "c", "d", "e"];

function someSentences(seed: number, count = 30): string[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: Math.floor(random() * 7) }, () => letters[Math.floor(random() * random() * 5)]),
  );
}

/** p(w | the sentence so far), of each word and the end, from the scores of whole sentences alone. */
function chance(model: WordNgrams, sentence: readonly string[]): number {
  return Math.exp(scoreSentence(model, wordReader(model)(sentence)).logProbability);
}

test.each([1, 2, 3, 5, 7])(
  "order %i: sentences up to a length and what is beyond them add up to at most 1",
  (order) => {
    const model = trainBackoffNgrams(someSentences(1), { order });
    const unseen = [...letters, "z"];
    let level: string[][] = [[]];
    let sum = 0;
    const added: number[] = [];
    for (let length = 0; length < 5; length++) {
      const mass = level.reduce((total, sentence) => total + chance(model, sentence), 0);
      sum += mass;
      added.push(mass);
      level = level.flatMap((sentence) => unseen.map((word) => [...sentence, word]));
    }
    expect(sum).toBeLessThan(1 + 1e-6);
    expect(sum).toBeGreaterThan(0.5);
    expect(Math.min(...added)).toBeGreaterThan(0);
  },
);

test("agrees with a count by hand: one sentence, bigrams, the fallback discounts", () => {
  // c(<s> a) = c(a </s>) = 1, N₁₊(•a) = N₁₊(•</s>) = 1, D₁ = ½: p(a) = ½·½ + ½·⅓ at the unigrams, words − 1 being 3.
  const unigram = 0.5 / 2 + 0.5 / 3;
  const bigram = 0.5 + 0.5 * unigram;
  expect(chance(trainBackoffNgrams([["a"]], { order: 2 }), ["a"])).toBeCloseTo(bigram * bigram, 6);
});

test.each([1, 2, 4])("reads back at order %i what it wrote, to the bit", async (order) => {
  const model = trainBackoffNgrams(someSentences(2), { order });
  const again = await readArpa(writeArpa(model));
  expect([...writeArpa(again)]).toEqual([...writeArpa(model)]);
  for (const sentence of [...someSentences(3), ["z", "a", "z"]]) {
    expect(chance(again, sentence)).toBe(chance(model, sentence));
  }
});

const pruned = `\\data\\
ngram 1=4
ngram 2=2
ngram 3=1

\\1-grams:
-1.0 <unk>
-99 <s> -0.5
-0.5 </s>
-0.25 a -0.125

\\2-grams:
-0.2 <s> a -0.3
-0.1 a a

\\3-grams:
-0.05 <s> a a

\\end\\`.split("\n");

test("backs off through n-grams that a pruned file leaves out", async () => {
  const model = await readArpa(pruned);
  const log = (sentence: string[]): number => Math.log10(chance(model, sentence));
  expect(log(["a"])).toBeCloseTo(-0.2 + (-0.3 - 0.125 - 0.5), 5);
  expect(log(["a", "a"])).toBeCloseTo(-0.2 - 0.05 + (0 - 0.125 - 0.5), 5);
  expect(log(["b"])).toBeCloseTo(-0.5 - 1 - 0.5, 5);
});

test("parts fields by spaces and tabs alone, and takes line ends of any system", async () => {
  const words = ["la\u00a0vie", "\u3000", "a\u2003b", "\ufeffx", "c\u0085"];
  const model = trainBackoffNgrams([words, [...words].reverse()], { order: 3 });
  const again = await readArpa([...writeArpa(model)].map((line) => `${line.replace("\t", " \t ")} \r`));
  expect([...again.words].sort()).toEqual([...model.words].sort());
  expect([...writeArpa(again)]).toEqual([...writeArpa(model)]);
});

test("reads n-grams in any order", async () => {
  const model = trainBackoffNgrams(someSentences(4), { order: 3 });
  const lines = [...writeArpa(model)];
  const at = lines.indexOf("\\3-grams:") + 1;
  const disordered = [...lines.slice(0, at), ...lines.slice(at, -2).reverse(), ...lines.slice(-2)];
  const again = await readArpa(disordered);
  for (const sentence of someSentences(5)) expect(chance(again, sentence)).toBe(chance(model, sentence));
});

test.each([
  ["a missing end", pruned.slice(0, -1), "Line 19"],
  ["a probability above 1", pruned.with(6, "0.5 <unk>"), "Line 7"],
  ["no number", pruned.with(6, "x <unk>"), "Line 7"],
  ["too few words", pruned.with(12, "-0.2 a"), "Line 13"],
  ["an unknown word", pruned.with(12, "-0.2 <s> q"), "Line 13"],
  ["an n-gram twice", pruned.with(13, "-0.1 <s> a"), "Line 14"],
  ["a word twice", pruned.with(6, "-1.0 a"), "Line 10"],
  ["a section that is not due", pruned.with(11, "\\3-grams:"), "Line 12"],
  ["no n-grams of a length", [...pruned.slice(0, 15), "\\end\\"], "announces 3-grams and has none"],
  ["a wrong number of n-grams", pruned.with(2, "ngram 2=3"), "announces 3 2-grams and has 2"],
  ["nothing of its kind", ["Call me Ishmael."], "Line 2"],
])("refuses %s and says where", async (_, lines, where) => {
  await expect(readArpa(lines)).rejects.toThrow(where);
});

test("refuses to write words that the format cannot hold", () => {
  expect(() => [...writeArpa(trainBackoffNgrams([["a b"]], { order: 2 }))]).toThrow("white space");
});
