import { expect, test } from "vitest";
import { accuracyOf, hasData, readTexts, tenFoldAccuracy } from "../../testing/data-sets.js";

/** Wang & Manning 2012 have 79.0, 93.6 and 85.85 %: smoothing 1, presence of words and pairs of words. */
test.for([
  { data: "rt-polarity", least: 0.786 },
  { data: "subj", least: 0.93 },
  { data: "rt-2k", least: 0.85 },
])("multinomial, ten folds of $data: at least $least", { timeout: 900_000 }, async ({ data, least }, { skip }) => {
  const file = `${data}/all.jsonl`;
  skip(!hasData(file), `../shared/data/${file} is absent`);
  expect(await tenFoldAccuracy("naive-bayes", () => ({}), readTexts(file))).toBeGreaterThanOrEqual(least);
});

/** scikit-learn's ComplementNB on the same words and pairs: 85.3 %. */
test("complement, the test part of 20newsgroups: at least 0.85", { timeout: 900_000 }, async ({ skip }) => {
  const [train, test] = ["20newsgroups/train.jsonl", "20newsgroups/test.jsonl"];
  skip(!hasData(train), `../shared/data/${train} is absent`);
  const accuracy = await accuracyOf("naive-bayes", { event: "complement" }, readTexts(train), readTexts(test));
  expect(accuracy).toBeGreaterThanOrEqual(0.85);
});
