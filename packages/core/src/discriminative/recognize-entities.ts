import {
  type Entity,
  type ModelCard,
  refuseNBest,
  type Span,
  softmax,
  spansOfTags,
  type Tagger,
  throwIfAborted,
} from "@bifocal/contracts";
import type { ScoredWords, TokenScoringEngine } from "../engines/engine.js";
import { entityTypes, toIob, toIob2 } from "./iob-tags.js";
import { splitWords } from "./split-words.js";

interface TaggedWords {
  readonly tags: readonly string[];
  /** Probability of each tag. */
  readonly scores: readonly number[];
}

/** A tagger on any engine that scores words: each word has the likeliest tag of its first token. */
export function createTagger(engine: TokenScoringEngine, card: ModelCard): Tagger {
  return {
    card,
    labels: entityTypes(engine.labels),
    async tag(texts, options) {
      throwIfAborted(options?.signal);
      refuseNBest(card, options);
      const words = texts.map(splitWords);
      const scored = await engine.scoreWords(
        words.map((spans) => spans.map(({ text }) => text)),
        options,
      );
      return scored.map((sentence, i) => ({
        entities: entitiesOf(texts[i] as string, words[i] as Span[], readTags(engine.labels, sentence)),
        model: card.id,
        usage: sentence.usage,
      }));
    },
    async tagTokens(sentences, options) {
      throwIfAborted(options?.signal);
      refuseNBest(card, options);
      const scored = await engine.scoreWords(sentences, options);
      return scored.map((sentence) => ({ ...readTags(engine.labels, sentence), model: card.id }));
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

/** A word that the model cannot see is outside, surely. */
function readTags(labels: readonly string[], { logits }: ScoredWords): TaggedWords {
  const best = logits.map((row) => (row === undefined ? { tag: "O", score: 1 } : likeliest(labels, softmax(row))));
  return { tags: toIob2(best.map(({ tag }) => tag)), scores: best.map(({ score }) => score) };
}

function likeliest(labels: readonly string[], probabilities: Float64Array): { tag: string; score: number } {
  const score = Math.max(...probabilities);
  return { tag: toIob(labels[probabilities.indexOf(score)] ?? "O"), score };
}

/** An entity's score is the mean of its words'. */
function entitiesOf(text: string, words: readonly Span[], { tags, scores }: TaggedWords): Entity[] {
  return spansOfTags(tags).map(({ label, start: first, end: next }) => {
    const start = words[first]?.start ?? 0;
    const end = words[next - 1]?.end ?? start;
    const score = scores.slice(first, next).reduce((sum, each) => sum + each, 0) / (next - first);
    return { label, text: text.slice(start, end), start, end, score };
  });
}
