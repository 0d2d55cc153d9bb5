import assert from "node:assert/strict";
import { BifocalError } from "../errors.js";
import type { Tagger } from "../models.js";
import { labelOfTag } from "../text/tag-scheme.js";
import { awkwardTexts, type Check } from "./check.js";
import { modelChecks, type Open, withModel } from "./model-checks.js";

const tokenSentences: readonly (readonly string[])[] = [
  ["Ada", "lives", "in", "Turin", "."],
  [],
  ["🙂"],
  ["a", "\u0000", "", " ", "\ud83d"],
];

/** The conformance suite of taggers. */
export function taggerChecks(open: Open<Tagger>): Check[] {
  return [
    ...modelChecks(open, (model, texts, signal) => model.tag(texts, { ...(signal && { signal }) })),
    {
      name: "marks stretches of the text as given, in order, never overlapping",
      run: () =>
        withModel(open, async (model) => {
          const texts = [...awkwardTexts, "Ada Lovelace met Charles Babbage in London on 5 June 1833."];
          for (const [i, tagging] of (await model.tag(texts)).entries()) {
            let end = 0;
            for (const entity of tagging.entities) {
              assert.ok(entity.start >= end && entity.end > entity.start, "entities overlap, or are out of order");
              assert.equal(entity.text, texts[i]?.slice(entity.start, entity.end));
              assert.ok(entity.score >= 0 && entity.score <= 1);
              assert.ok(model.labels.includes(entity.label), `${entity.label} is not among its labels`);
              end = entity.end;
            }
          }
        }),
    },
    {
      name: "tags tokens one for one",
      run: () =>
        withModel(open, async (model) => {
          const taggings = await model.tagTokens(tokenSentences);
          assert.deepEqual(
            taggings.map(({ tags }) => tags.length),
            tokenSentences.map((tokens) => tokens.length),
          );
          for (const { tags, scores } of taggings) {
            assert.equal(scores.length, tags.length);
            assert.ok(scores.every((score) => score >= 0 && score <= 1));
            assert.ok(tags.every((tag) => tag === "O" || model.labels.includes(labelOfTag(tag) ?? tag)));
          }
        }),
    },
    {
      name: "gives the likeliest readings, the likelier first, or refuses to",
      run: () =>
        withModel(open, async (model) => {
          for (const nBest of [1, 3]) {
            const taggings = await unlessRefused(model.tagTokens(tokenSentences, { nBest }));
            for (const [i, { nBest: readings = [] }] of taggings?.entries() ?? []) {
              assertRanked(readings, nBest);
              for (const { tags } of readings) assert.equal(tags.length, tokenSentences[i]?.length);
            }
            for (const { nBest: readings = [] } of (await unlessRefused(model.tag(awkwardTexts, { nBest }))) ?? [])
              assertRanked(readings, nBest);
          }
          assert.ok(
            (await model.tag(["a"])).every((tagging) => tagging.nBest === undefined),
            "nobody asked for readings",
          );
        }),
    },
    {
      name: "answers a batch as it answers each text alone, in order",
      run: () =>
        withModel(open, async (model) => {
          const together = await model.tag(awkwardTexts);
          for (const [i, text] of awkwardTexts.entries()) {
            const [alone] = await model.tag([text]);
            assert.deepEqual(
              together[i]?.entities.map(({ text: t, label }) => [t, label]),
              alone?.entities.map(({ text: t, label }) => [t, label]),
            );
          }
        }),
    },
  ];
}

/** What a call with `nBest` answers, or nothing where the model has no likeliest readings. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof BifocalError && error.code === "unsupported") return undefined;
    throw error;
  });
}

function assertRanked(readings: readonly { readonly logProbability: number }[], most: number): void {
  assert.ok(readings.length > 0 && readings.length <= most, `${readings.length} readings of ${most}`);
  for (const [i, { logProbability }] of readings.entries()) {
    assert.ok(logProbability <= 0 && logProbability <= (readings[i - 1]?.logProbability ?? 0) + 1e-9, "out of order");
  }
  const total = readings.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0);
  assert.ok(total <= 1 + 1e-6, `the probabilities add up to ${total}`);
}
