import fc from "fast-check";
import { expect, test } from "vitest";
import { learnVocabulary } from "./vocabulary.js";

const all = { ngrams: 1, withoutAddresses: false, minimumDocuments: 1, maximumFeatures: 1000 };

test("terms come by how many texts have them, however often each has them; ties by code units", () => {
  expect(learnVocabulary(["b b b a", "b c", "a é"], all)).toEqual(["a", "b", "c", "é"]);
});

test("rare terms and those past the limit are left out", () => {
  const texts = ["a b", "a b c", "a"];
  expect(learnVocabulary(texts, { ...all, minimumDocuments: 2 })).toEqual(["a", "b"]);
  expect(learnVocabulary(texts, { ...all, maximumFeatures: 1 })).toEqual(["a"]);
});

test("the order of the texts does not matter", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "d", "é"), { maxLength: 5 }).map((parts) => parts.join(" "));
  const ngrams = { ...all, ngrams: 2, maximumFeatures: 7 };
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(learnVocabulary([...texts].reverse(), ngrams)).toEqual(learnVocabulary(texts, ngrams));
    }),
  );
});
