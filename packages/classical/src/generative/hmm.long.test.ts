import { existsSync, readFileSync } from "node:fs";
import { spansOfTags, type Tagger } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { TaggedSentence } from "../learner.js";
import { openModel, trainModel } from "../learners.js";

const folder = new URL("../../../../../shared/data/", import.meta.url);

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
  skip(!existsSync(new URL(data, folder)), `../shared/data/${data} is absent`);
  const { tokens, unknown } = await score(figures.speech);
  expect(tokens, `${percent(tokens)} of tokens`).toBeGreaterThanOrEqual(0.926);
  expect(unknown, `${percent(unknown)} of unknown words`).toBeGreaterThanOrEqual(0.7);
});

/** A trigram model by suffixes reached 59.9 % elsewhere. */
test("entities of English EWT: F1 of 59.9 % at least", { timeout: 300_000 }, async ({ skip }) => {
  const { data } = figures.entities;
  skip(!existsSync(new URL(data, folder)), `../shared/data/${data} is absent`);
  const { f1 } = await score(figures.entities);
  expect(f1, `F1 of ${percent(f1)}`).toBeGreaterThanOrEqual(0.599);
});

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

async function score({ data, train, settings }: (typeof figures)[keyof typeof figures]) {
  const items = sentencesOf(`${data}/${train}.conll`);
  const gold = sentencesOf(`${data}/test.conll`);
  await using model = openModel(await trainModel("hmm", items, { id: data, settings })) as Tagger;
  const taggings = await model.tagTokens(gold.map(({ tokens }) => tokens));
  const vocabulary = new Set(items.flatMap(({ tokens }) => tokens));
  const seen = { all: 0, right: 0, unknown: 0, rightUnknown: 0, hits: 0, spans: 0 };
  for (const [s, { tokens, tags }] of gold.entries()) {
    const answer = taggings[s].tags;
    for (const [i, tag] of tags.entries()) {
      const [isUnknown, isRight] = [!vocabulary.has(tokens[i]), tag === answer[i]];
      seen.all++;
      seen.right += Number(isRight);
      seen.unknown += Number(isUnknown);
      seen.rightUnknown += Number(isUnknown && isRight);
    }
    const [wanted, found] = [tags, answer].map((each) => spansOfTags(each).map((span) => JSON.stringify(span)));
    seen.spans += wanted.length + found.length;
    seen.hits += found.filter((span) => wanted.includes(span)).length;
  }
  const f1 = (2 * seen.hits) / seen.spans;
  return { tokens: seen.right / seen.all, unknown: seen.rightUnknown / seen.unknown, f1 };
}

/** A token, a tab and its tag a line; an empty line ends a sentence. */
function sentencesOf(file: string): TaggedSentence[] {
  const blocks = readFileSync(new URL(file, folder), "utf8").trimEnd().split(/\n\n+/);
  return blocks.map((block) => {
    const rows = block.split("\n").map((line) => line.split("\t"));
    return { tokens: rows.map(([token]) => token), tags: rows.map(([, tag]) => tag) };
  });
}
