import assert from "node:assert/strict";
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
