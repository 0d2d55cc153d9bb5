import { expect, test } from "vitest";
import { accuracyOf, hasData, readTexts, tenFoldAccuracy } from "../../testing/data-sets.js";

const cost = 0.1;

/** Wang & Manning 2012 have 77.7, 91.7 and 87.4 %: presence of words and pairs of words, C = 0.1, no bias. */
test.for([
  { data: "rt-polarity", least: 0.776 },
  { data: "subj", least: 0.916 },
  { data: "rt-2k", least: 0.865 },
])("ten folds of $data: at least $least", { timeout: 900_000 }, async ({ data, least }, { skip }) => {
  const file = `${data}/all.jsonl`;
  skip(!hasData(file), `../shared/data/${file} is absent`);
  const settings = (texts: number) => ({ bias: false, l2: 1 / (cost * texts) });
  expect(await tenFoldAccuracy("linear-svm", settings, readTexts(file))).toBeGreaterThanOrEqual(least);
});

/** Settings of the best cross-validation within the training part, of a grid over runs of words, values and l2. */
test.for([
  {
    data: "20newsgroups",
    settings: { ngrams: 1, inverseDocumentFrequency: true, scaleRows: true, l2: 3e-5 },
    least: 0.86,
  },
  { data: "banking77", settings: { longestCharacters: 5, l2: 6.9e-4 }, least: 0.9 },
])("the test part of $data: at least $least", { timeout: 900_000 }, async ({ data, settings, least }, { skip }) => {
  const [train, test] = [`${data}/train.jsonl`, `${data}/test.jsonl`];
  skip(!hasData(train), `../shared/data/${train} is absent`);
  expect(await accuracyOf("linear-svm", settings, readTexts(train), readTexts(test))).toBeGreaterThanOrEqual(least);
});
