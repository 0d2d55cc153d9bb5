import { type Classifier, type ModelCard, rankLabels, softmax, throwIfOver } from "@bifocal/contracts";
import type { ScoringEngine } from "../engines/engine.js";

/** A classifier with p(label | text) = softmax(logits), on any engine that scores texts. */
export function createClassifier(engine: ScoringEngine, card: ModelCard): Classifier {
  return {
    card,
    labels: engine.labels,
    scoreKind: "probability",
    async classify(texts, options) {
      throwIfOver(options);
      if (texts.length === 0) return [];
      const rows = await engine.score(texts, options);
      return rows.map(({ logits, usage }) => ({
        ...rankLabels(engine.labels, softmax(logits)),
        model: card.id,
        usage,
      }));
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}
