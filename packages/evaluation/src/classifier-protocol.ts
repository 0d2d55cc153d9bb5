import { type Classifier, type LabelScore, rankLabels } from "@bifocal/contracts";
import type { Decision } from "./metrics/decision.js";
import { countDecision } from "./metrics/macro-f1.js";
import { type ClassifierMetricName, classifierMetrics } from "./metrics/metrics.js";
import type { Protocol, Scope } from "./protocol.js";

/** A text and its gold label. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** How classifiers are scored: an item is right where its label is. */
export const classifierProtocol: Protocol<Classifier, LabelledText, string, Decision, ClassifierMetricName> = {
  contract: "classifier",
  metrics: classifierMetrics,
  correctness: { name: "accuracy", of: (gold, { label }) => gold === label },
  resampled: [],
  byLabel: { count: countDecision, labelsOf: ({ labels }) => labels, goldLabels: (gold) => [gold] },
  ask: async (model, items, { labels, signal }) => {
    const texts = items.map(({ text }) => text);
    const results = await model.classify(texts, signal && { signal });
    return labels === undefined ? results : results.map((result) => decideAmong(labels, result, model.scoreKind));
  },
  goldOf: ({ label }) => label,
  show: ({ label }) => label,
  showGold: (gold) => gold,
  textOf: ({ text }) => text,
};

/** The decision among some labels only; probabilities are rescaled, or equal where all of them were 0. */
function decideAmong(
  allowed: NonNullable<Scope["labels"]>,
  decision: Decision,
  scoreKind: Classifier["scoreKind"],
): Decision {
  const kept = decision.scores.filter(({ label }) => allowed.includes(label));
  if (kept.length === 0) return decision;
  const scores = scoreKind === "probability" ? rescaled(kept) : kept.map(({ score }) => score);
  return rankLabels(
    kept.map(({ label }) => label),
    scores,
  );
}

function rescaled(scores: readonly LabelScore[]): number[] {
  const total = scores.reduce((sum, { score }) => sum + score, 0);
  return scores.map(({ score }) => (total === 0 ? 1 / scores.length : score / total));
}
