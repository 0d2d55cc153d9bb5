import assert from "node:assert/strict";
import { BifocalError } from "../errors.js";
import type { Classifier, Explains } from "../models.js";
import type { ScoreExplanation } from "../results.js";
import { awkwardTexts, type Check } from "./check.js";
import { type Open, withModel } from "./model-checks.js";

/** The conformance suite of classifiers that can explain themselves. */
export function explanationChecks(open: Open<Classifier & Explains>): Check[] {
  return [
    {
      name: "explains the label that it decides for, and any other that is asked for",
      run: () =>
        withModel(open, async (model) => {
          const decisions = await model.classify(awkwardTexts);
          const explanations = await model.explain(awkwardTexts);
          assert.deepEqual(
            explanations.map(({ label }) => label),
            decisions.map(({ label }) => label),
          );
          for (const label of model.labels)
            for (const explanation of await model.explain(awkwardTexts, { label })) {
              assert.equal(explanation.label, label);
              assert.equal(explanation.model, model.card.id);
            }
        }),
    },
    {
      name: "explains scores that the contributions and the bias add up to",
      run: () => forEachExplanation(open, (explanation) => assertNear(totalOf(explanation), explanation.score)),
    },
    {
      name: "says of two labels the log-odds of their probabilities",
      run: () =>
        withModel(open, async (model) => {
          if (model.labels.length !== 2 || model.scoreKind !== "probability") return;
          const decisions = await model.classify(awkwardTexts);
          for (const [i, explanation] of (await model.explain(awkwardTexts)).entries())
            if (explanation.scoreKind === "log-odds")
              assertNear(1 / (1 + Math.exp(-explanation.score)), decisions[i]?.score ?? 0);
        }),
    },
    {
      name: "points to tokens where they stand, in order, none over another",
      run: () =>
        forEachExplanation(open, ({ contributions }, text) => {
          let end = 0;
          for (const each of contributions) {
            assert.ok(each.start >= end && each.end > each.start, `${each.start} to ${each.end} after ${end}`);
            assert.equal(text.slice(each.start, each.end), each.text);
            assert.ok(Number.isFinite(each.weight), "a weight is not finite");
            end = each.end;
          }
        }),
    },
    {
      name: "lists the strongest features of each label, strongest first, as many as asked for at most",
      run: () =>
        withModel(open, async (model) => {
          const listed = await model.strongestFeatures({ count: 3 });
          assert.deepEqual(
            listed.map(({ label }) => label),
            model.labels,
          );
          for (const each of listed) {
            assertFalling(each.for.map(({ weight }) => weight));
            assertFalling(each.against.map(({ weight }) => -weight));
          }
          assert.deepEqual(await model.strongestFeatures({ count: 3, label: listed[0]?.label as string }), [listed[0]]);
        }),
    },
    {
      name: "refuses a label that it does not have, and to start once aborted",
      run: () =>
        withModel(open, async (model) => {
          const label = `not ${model.labels.join(" nor ")}`;
          await assert.rejects(model.explain(["a"], { label }), hasCode("invalid-input"));
          await assert.rejects(model.strongestFeatures({ label }), hasCode("invalid-input"));
          await assert.rejects(model.explain(["a"], { signal: AbortSignal.abort() }), hasCode("aborted"));
          assert.deepEqual(await model.explain([]), []);
        }),
    },
  ];
}

function forEachExplanation(
  open: Open<Classifier & Explains>,
  check: (explanation: ScoreExplanation, text: string) => void,
): Promise<void> {
  return withModel(open, async (model) => {
    for (const label of model.labels) {
      const explanations = await model.explain(awkwardTexts, { label });
      for (const [i, explanation] of explanations.entries()) check(explanation, awkwardTexts[i] as string);
    }
  });
}

function totalOf({ bias, contributions }: ScoreExplanation): number {
  return contributions.reduce((sum, { weight }) => sum + weight, bias);
}

function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}

function assertFalling(weights: readonly number[]): void {
  assert.ok(weights.length <= 3, `${weights.length} of 3`);
  for (const [i, weight] of weights.entries()) assert.ok(weight > 0 && weight <= (weights[i - 1] ?? weight));
}

function hasCode(code: BifocalError["code"]): (error: unknown) => boolean {
  return (error) => error instanceof BifocalError && error.code === code;
}
