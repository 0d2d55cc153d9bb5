import { expect, test } from "vitest";
import { noFeature, tokenFeatureReader } from "./token-features.js";
import { commonWordsOf } from "./token-features-common-words.js";
import { hashText } from "./token-features-hash.js";
import { frequentFeatures, indexFeatures } from "./token-features-index.js";
import { templatesNamed } from "./token-templates.js";

function row(tokens: readonly string[], i: number, commonWords: Uint32Array = new Uint32Array()): Set<number> {
  const { read, perToken } = tokenFeatureReader(templatesNamed("entities"), { commonWords });
  return new Set(read(tokens).subarray(i * perToken, (i + 1) * perToken));
}

const shared = (a: Set<number>, b: Set<number>): number => [...a].filter((each) => b.has(each)).length;

test("a token in the same place has the same features, and shares some with itself elsewhere", () => {
  const here = row(["Ada", "lives", "in", "Turin"], 3);
  expect(row(["Ada", "lives", "in", "Turin"], 3)).toEqual(here);
  const elsewhere = row(["to", "Turin", "again"], 1);
  expect(shared(here, elsewhere)).toBeGreaterThan(5);
  expect(shared(here, elsewhere)).toBeLessThan(here.size);
});

test("tells apart what only capitals, digits, a neighbour or the place in the sentence tell apart", () => {
  const base = row(["in", "Turin", "now"], 1);
  for (const other of [
    ["in", "turin", "now"],
    ["in", "Turin2", "now"],
    ["by", "Turin", "now"],
  ]) {
    expect(row(other, 1)).not.toEqual(base);
  }
  expect(row(["Turin", "now"], 0)).not.toEqual(base);
});

test("tells apart a word that is common in lower case", () => {
  const common = commonWordsOf([{ tokens: ["the", "market", "Rome"] }, { tokens: ["market", "the"] }]);
  expect(new Set(common)).toEqual(new Set([hashText("the"), hashText("market")]));
  expect(row(["The", "Market"], 1, common)).not.toEqual(row(["The", "Market"], 1));
});

test("short words have no long affixes", () => {
  expect(row(["a"], 0).has(noFeature)).toBe(true);
  expect(row(["Pennsylvania"], 0).has(noFeature)).toBe(false);
});

test("finds each frequent feature at its position, and no other", () => {
  const known = frequentFeatures(Uint32Array.of(7, 0, 0xffffffff, 7, 9, 0xffffffff, 0, 7), 2);
  expect([...known]).toEqual([7, 0xffffffff]);
  expect([...indexFeatures(known).positions(Uint32Array.of(0xffffffff, 9, noFeature, 7))]).toEqual([1, -1, -1, 0]);
});

test("templates are data: one by one, or a set by its name", () => {
  expect(templatesNamed("word[0]; lower[-1] lower[0]")).toEqual(["word[0]", "lower[-1] lower[0]"]);
  const { read, perToken } = tokenFeatureReader(["lower[0]", "word[1]"], { commonWords: new Uint32Array() });
  expect(perToken).toBe(2);
  const [first, , second] = read(["Rome", "rome"]);
  expect(first).toBe(second);
});

test.each([
  ["wrd[0]", 'Did you mean "word"'],
  ["word", "such as lower[-1]"],
  ["word[0] lower[9]", "up to 5 places away"],
  ["", "is no part of a template"],
  ["constructor", "is no part of a template"],
])("the template %j is refused", (name, message) => {
  expect(() => templatesNamed(name)).toThrow(message);
  expect(() => templatesNamed(name)).toThrow(expect.objectContaining({ code: "invalid-input" }));
});
