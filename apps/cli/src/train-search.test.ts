import { learnerNamed } from "bifocal";
import { expect, test } from "vitest";
import { parseSearch } from "./train-search.js";

const bayes = learnerNamed("naive-bayes");

test("values are read as the setting's rule says, and ranges by their two ends", () => {
  expect(parseSearch(["ngrams=1, 2", "smoothing=1e-3..10", "withoutAddresses=true,false"], bayes)).toEqual({
    ngrams: [1, 2],
    smoothing: { from: 0.001, to: 10 },
    withoutAddresses: [true, false],
  });
});

test("a setting that is given twice is refused, so that no value is dropped unseen", () => {
  expect(() => parseSearch(["ngrams=1", "ngrams=2"], bayes)).toThrow("--search ngrams is given twice");
});

test.each([
  ["smothing=1,2", "unknown-option", 'Did you mean "smoothing"?'],
  ["smoothing", "invalid-input", "name=a,b,c or, for numbers, name=from..to"],
  ["smoothing=1..2..3", "invalid-input", 'not "smoothing=1..2..3"'],
  ["withoutAddresses=true..false", "invalid-input", "name=from..to"],
  ["smoothing=0..1", "invalid-input", "smoothing must be a number above 0"],
  ["ngrams=1,", "invalid-input", "ngrams must be a whole number"],
])("the search %s is refused", (given, code, message) => {
  expect(() => parseSearch([given], bayes)).toThrow(expect.objectContaining({ code }));
  expect(() => parseSearch([given], bayes)).toThrow(message);
});
