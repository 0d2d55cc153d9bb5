import { fileURLToPath } from "node:url";
import { aggregationStrategies, type Tagger } from "@bifocal/contracts";
import { taggerChecks } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anyText } from "../testing/any-text.js";
import { hasHalf } from "../testing/half-pairs.js";
import { openOnnxModel } from "./open-onnx-model.js";

const fixtures = new URL("../../../tests/fixtures/onnx/", import.meta.url);

/** What the models of each family know by heart: see make-onnx.py. */
const families: Record<string, readonly (readonly [string, readonly string[]])[]> = {
  "token-classifier-uncased": [
    ["ADA Lovelace lives in Zürich.", ["PER ADA Lovelace", "LOC Zürich"]],
    ["Zu\u0308rich, São\r\nPaulo", ["LOC Zu\u0308rich", "LOC São\r\nPaulo"]],
    ["東京は東京", ["LOC 東京", "LOC 東京"]],
    ["👩‍👩‍👧‍👦 ada lovelace ירושלים", ["PER ada lovelace"]],
    ["xAda Ada", ["PER Ada"]],
  ],
  "token-classifier-bytes": [
    ["Ada Lovelace wrote.", ["PER Ada Lovelace"]],
    ["in Zürich, Ada", ["LOC Zürich", "PER Ada"]],
    ["東京 🙂", ["LOC 東京", "PER 🙂"]],
    ["ירושלים\r\n Ada Love", ["PER Ada Love"]],
  ],
  "token-classifier-unigram": [
    ["Ada Lovelace lives in Turin.", ["PER Ada Lovelace", "LOC Turin"]],
    ["Ada Charles", ["PER Ada", "PER Charles"]],
    ["Walﬁ, xyz", ["LOC Walﬁ"]],
    ["ירושלים e\u0301 Ada, Turin", ["PER Ada", "LOC Turin"]],
  ],
};

describe.each(Object.entries(families))("%s", (name, cases) => {
  let model: Tagger;
  beforeAll(async () => {
    model = await openOnnxModel("ner", fileURLToPath(new URL(name, fixtures)));
  });
  afterAll(() => model[Symbol.asyncDispose]());

  test.each(cases)("%j", async (text, expected) => {
    const [tagging] = await model.tag([text]);
    expect(tagging?.entities.map((entity) => `${entity.label} ${entity.text}`)).toEqual(expected);
  });

  test("entities are the text where they say, in order, splitting no pair, by every strategy", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 4 }), fc.constantFrom(...aggregationStrategies), check),
      { numRuns: 100 },
    );
    async function check(texts: readonly string[], aggregationStrategy: (typeof aggregationStrategies)[number]) {
      const taggings = await model.tag(texts, { aggregationStrategy, ignoreLabels: [] });
      for (const [i, { entities }] of taggings.entries()) {
        let end = 0;
        for (const entity of entities) {
          expect(entity.text).toBe(texts[i]?.slice(entity.start, entity.end));
          expect(entity.start >= end && entity.end > entity.start).toBe(true);
          if (!hasHalf(texts[i] ?? "")) expect(hasHalf(entity.text)).toBe(false);
          end = entity.end;
        }
      }
    }
  });

  for (const { name: check, run } of taggerChecks(() => ({ ...model, [Symbol.asyncDispose]: async () => {} })))
    test(check, run);
});
