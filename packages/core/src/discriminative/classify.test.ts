import type { ModelCard } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import type { ScoringEngine } from "../engines/engine.js";
import { createClassifier } from "./classify.js";

const card: ModelCard = {
  id: "fake/length",
  task: "text-classification",
  paradigm: "discriminative",
  family: "fake",
  languages: [],
  licence: "MIT",
  source: "here",
  trainedOn: [],
};

/** Prefers "long" the longer a text is. */
function lengthEngine(): ScoringEngine {
  return {
    labels: ["short", "long"],
    score: async (texts) =>
      texts.map((text) => ({
        logits: [3, text.length],
        usage: { tokens: Math.min(text.length, 100), windows: 1, truncated: text.length > 100 },
      })),
    close: async () => {},
  };
}

for (const { name, run } of classifierChecks(() => createClassifier(lengthEngine(), card))) test(name, run);

test("gives the softmax of the logits, and what the engine read", async () => {
  const [result] = await createClassifier(lengthEngine(), card).classify(["four"]);
  const likely = 1 / (1 + Math.exp(-1));
  expect(result).toEqual({
    label: "long",
    score: expect.closeTo(likely, 12),
    scores: [
      { label: "long", score: expect.closeTo(likely, 12) },
      { label: "short", score: expect.closeTo(1 - likely, 12) },
    ],
    model: "fake/length",
    usage: { tokens: 4, windows: 1, truncated: false },
  });
});

test("says when a text was cut", async () => {
  const [result] = await createClassifier(lengthEngine(), card).classify(["a".repeat(101)]);
  expect(result?.usage).toEqual({ tokens: 100, windows: 1, truncated: true });
});
