import { expect, test } from "vitest";
import { hasData, readTexts, tenFoldAccuracy } from "../../testing/data-sets.js";

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
