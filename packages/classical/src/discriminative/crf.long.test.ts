import type { Tagger } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { hasData } from "../../testing/data-sets.js";
import { namesFile, scoreTagger, taggedSentences } from "../../testing/tagged-data.js";
import { openModel, trainModel } from "../learners.js";

/** Trained on its own train part, with settings chosen on its dev part; the test part was measured once. */
const entities = [
  { data: "uner-en-ewt", train: "train-draft", least: 0.66 },
  { data: "broad-twitter-corpus", train: "train", least: 0.67 },
  { data: "wnut17", train: "train", least: 0.18 },
];

test.for(entities)("entities of $data: F1 of $least at least", { timeout: 600_000 }, async (set, { skip }) => {
  const { data, least } = set;
  skip(!hasData(data), `../shared/data/${data} is absent`);
  const { f1 } = await score(set, { names: namesFile });
  expect(f1, `F1 of ${(100 * f1).toFixed(2)} %`).toBeGreaterThanOrEqual(least);
});

test("parts of speech of English EWT: 95 % of tokens at least", { timeout: 600_000 }, async ({ skip }) => {
  const set = { data: "ud-english-ewt-upos", train: "train" };
  skip(!hasData(set.data), `../shared/data/${set.data} is absent`);
  const { tokens } = await score(set, { templates: "parts-of-speech" });
  expect(tokens, `${(100 * tokens).toFixed(2)} % of tokens`).toBeGreaterThanOrEqual(0.95);
});

async function score({ data, train }: { data: string; train: string }, settings: Readonly<Record<string, unknown>>) {
  const saved = await trainModel("crf", taggedSentences(`${data}/${train}.conll`), { id: data, settings });
  await using model = openModel(saved) as Tagger;
  return scoreTagger(model, taggedSentences(`${data}/test.conll`));
}
