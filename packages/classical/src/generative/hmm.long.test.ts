import type { Tagger } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { hasData } from "../../testing/data-sets.js";
import { scoreTagger, taggedSentences } from "../../testing/tagged-data.js";
import { openModel, trainModel } from "../learners.js";

/** Settings chosen on the dev part; the test part was measured once. */
const figures = {
  speech: {
    data: "ud-english-ewt-upos",
    train: "train",
    settings: { rareCount: 5, longestSuffix: 5, suffixSmoothing: 20, guessWeight: 0.5, recasing: 0.1 },
  },
  entities: {
    data: "uner-en-ewt",
    train: "train-draft",
    settings: { rareCount: 20, longestSuffix: 8, suffixSmoothing: 60, guessWeight: 1, capitals: false },
  },
};

test("parts of speech of English EWT: 92.6 % of tokens at least, 70 % of unknown words", { timeout: 300_000 }, async ({
  skip,
}) => {
  const { data } = figures.speech;
  skip(!hasData(data), `../shared/data/${data} is absent`);
  const { tokens, unknown } = await score(figures.speech);
  expect(tokens, `${percent(tokens)} of tokens`).toBeGreaterThanOrEqual(0.926);
  expect(unknown, `${percent(unknown)} of unknown words`).toBeGreaterThanOrEqual(0.7);
});

/** A trigram model by suffixes reached 59.9 % elsewhere. */
test("entities of English EWT: F1 of 59.9 % at least", { timeout: 300_000 }, async ({ skip }) => {
  const { data } = figures.entities;
  skip(!hasData(data), `../shared/data/${data} is absent`);
  const { f1 } = await score(figures.entities);
  expect(f1, `F1 of ${percent(f1)}`).toBeGreaterThanOrEqual(0.599);
});

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

async function score({ data, train, settings }: (typeof figures)[keyof typeof figures]) {
  const items = taggedSentences(`${data}/${train}.conll`);
  await using model = openModel(await trainModel("hmm", items, { id: data, settings })) as Tagger;
  const vocabulary = new Set(items.flatMap(({ tokens }) => tokens));
  return scoreTagger(model, taggedSentences(`${data}/test.conll`), vocabulary);
}
