import assert from "node:assert/strict";
import type { Classifier } from "../models.js";
import { awkwardTexts, type Check } from "./check.js";
import { modelChecks, type Open, withModel } from "./model-checks.js";

/** The conformance suite of classifiers. */
export function classifierChecks(open: Open<Classifier>): Check[] {
  return [
    ...modelChecks(open, (model, texts, signal) => model.classify(texts, { ...(signal && { signal }) })),
    {
      name: "scores every label once, best first, and names itself",
      run: () =>
        withModel(open, async (model) => {
          for (const result of await model.classify(awkwardTexts)) {
            assert.deepEqual(result.scores.map(({ label }) => label).sort(), [...model.labels].sort());
            assert.deepEqual({ label: result.label, score: result.score }, result.scores[0]);
            const scores = result.scores.map(({ score }) => score);
            assert.deepEqual(
              scores,
              [...scores].sort((a, b) => b - a),
            );
            assert.ok(scores.every(Number.isFinite), "a score is not finite");
            assert.equal(result.model, model.card.id);
          }
        }),
    },
    {
      name: "gives probabilities that add up to 1, where it gives probabilities",
      run: () =>
        withModel(open, async (model) => {
          if (model.scoreKind === "margin") return;
          for (const { scores } of await model.classify(awkwardTexts)) {
            assert.ok(
              scores.every(({ score }) => score >= 0 && score <= 1),
              "one is not from 0 to 1",
            );
            if (model.scoreKind === "probability-each") continue;
            const total = scores.reduce((sum, { score }) => sum + score, 0);
            assert.ok(Math.abs(total - 1) < 1e-6, `they add up to ${total}`);
          }
        }),
    },
    {
      name: "answers a batch as it answers each text alone, in order",
      run: () =>
        withModel(open, async (model) => {
          const together = await model.classify(awkwardTexts);
          assert.equal(together.length, awkwardTexts.length);
          for (const [i, text] of awkwardTexts.entries()) {
            const [alone] = await model.classify([text]);
            assert.equal(together[i]?.label, alone?.label);
            assert.ok(Math.abs((together[i]?.score ?? 0) - (alone?.score ?? 0)) < 1e-5);
          }
        }),
    },
  ];
}
