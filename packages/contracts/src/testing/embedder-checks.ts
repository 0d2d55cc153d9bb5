import assert from "node:assert/strict";
import type { Embedder } from "../models.js";
import { awkwardTexts, type Check } from "./check.js";
import { modelChecks, type Open, withModel } from "./model-checks.js";

/** The conformance suite of models that embed texts. */
export function embedderChecks(open: Open<Embedder>): Check[] {
  return [
    ...modelChecks(open, (model, texts, signal) => model.embed(texts, { ...(signal && { signal }) })),
    {
      name: "gives a finite vector of the model's dimensions for every text, in order",
      run: () =>
        withModel(open, async (model) => {
          const embeddings = await model.embed(awkwardTexts);
          assert.equal(embeddings.length, awkwardTexts.length);
          for (const { vector, model: id } of embeddings) {
            assert.equal(vector.length, model.dimensions);
            assert.ok(vector.every(Number.isFinite));
            assert.equal(id, model.card.id);
          }
        }),
    },
    {
      name: "embeds several texts as it embeds each alone",
      run: () =>
        withModel(open, async (model) => {
          const together = await model.embed(awkwardTexts);
          for (const [i, text] of awkwardTexts.entries()) {
            const [alone] = await model.embed([text]);
            for (const [k, number] of (alone?.vector ?? []).entries())
              assert.ok(Math.abs(number - (together[i]?.vector[k] ?? Number.NaN)) < 1e-4, `text ${i}, number ${k}`);
          }
        }),
    },
  ];
}
