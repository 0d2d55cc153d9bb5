import { expect, test } from "vitest";
import { didYouMean } from "./suggest.js";

const names = ["temperature", "topK", "topP", "seed"];

test("the nearest name is named, whatever the case", () => {
  expect(didYouMean("temprature", names)).toBe('Did you mean "temperature"?');
  expect(didYouMean("TEMPERATURE", names)).toBe('Did you mean "temperature"?');
});

test("names equally near stay in order", () => {
  expect(didYouMean("topQ", names)).toBe('Did you mean "topK" or "topP"?');
});

test("a part of a name finds the whole", () => {
  expect(didYouMean("prose", ["ngram-prose-en", "ngram-verse-en"])).toBe('Did you mean "ngram-prose-en"?');
});

test("the beginning of a name finds it, though a letter is wrong", () => {
  expect(didYouMean("temparat", names)).toBe('Did you mean "temperature"?');
});

test("at most three are named, the nearest first", () => {
  expect(didYouMean("abcd", ["abxx", "abcx", "abcd1", "abce", "abcf"])).toBe(
    'Did you mean "abcd1" or "abcx" or "abce"?',
  );
});

test("where none is near, all are named", () => {
  expect(didYouMean("completely-else", names)).toBe("There are: temperature, topK, topP, seed.");
  for (const short of ["", "x", "xy"]) expect(didYouMean(short, names)).toMatch(/^There are: temperature, topK/);
});
