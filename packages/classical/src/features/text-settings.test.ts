import { expect, test } from "vitest";
import { textLearning, textSettings } from "./text-settings.js";

const defaults = Object.fromEntries(Object.entries(textSettings).map(([name, { default: value }]) => [name, value]));

test("the defaults, also of what a learner leaves out, are the presence of words and pairs", () => {
  expect(textLearning({})).toEqual(textLearning(defaults));
  expect(textLearning(defaults)).toMatchObject({ tokenizer: "word", ngrams: 2, values: "presence", hashBits: 0 });
  expect(textLearning(defaults)).not.toHaveProperty("characterNgrams");
});

test("runs of characters are read where the longest is above 0", () => {
  const settings = { ...defaults, ngrams: 0, shortestCharacters: 2, longestCharacters: 5 };
  expect(textLearning(settings).characterNgrams).toEqual([2, 5]);
});

test.each([
  [{ ngrams: 0 }, "invalid-input", "Nothing would be a feature"],
  [{ shortestCharacters: 4, longestCharacters: 3 }, "invalid-input", "must not be above"],
  [{ hashBits: 18, maximumFeatures: 5 }, "invalid-input", "Hashed terms have 2^hashBits columns"],
  [{ hashBits: 18, minimumDocuments: 2 }, "invalid-input", "Hashed terms are not counted"],
])("the settings %j are refused", (change, code, message) => {
  const read = () => textLearning({ ...defaults, ...change });
  expect(read).toThrow(expect.objectContaining({ code }));
  expect(read).toThrow(message);
});
