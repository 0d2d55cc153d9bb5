import { expect, test } from "vitest";
import { hasData, readTexts, tenFoldAccuracy } from "../../testing/data-sets.js";

/** Wang & Manning 2012 have 79.4, 93.2 and 89.45 %: C = 1, interpolation 0.25, presence of words and pairs of words. */
test.for([
  { data: "rt-polarity", least: 0.791 },
  { data: "subj", least: 0.928 },
  { data: "rt-2k", least: 0.885 },
])("ten folds of $data: at least $least", { timeout: 900_000 }, async ({ data, least }, { skip }) => {
  const file = `${data}/all.jsonl`;
  skip(!hasData(file), `../shared/data/${file} is absent`);
  const settings = (texts: number) => ({ l2: 1 / texts });
  expect(await tenFoldAccuracy("nbsvm", settings, readTexts(file))).toBeGreaterThanOrEqual(least);
});
