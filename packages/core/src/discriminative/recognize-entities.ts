import { setImmediate } from "node:timers/promises";
import {
  type ModelCard,
  refuseNBest,
  schemeOfTags,
  softmax,
  spansInScheme,
  type Tagger,
  type Tagging,
  type TagScheme,
  tagsOfSpans,
  throwIfOver,
} from "@bifocal/contracts";
import type { ScoredWords, TokenScoringEngine } from "../engines/engine.js";
import { joinedEntities, singleEntities } from "./join-units.js";
import { likeliest, readTags } from "./read-tags.js";

/** So many tokens take a millisecond or a few; then other work may run. */
const tokensBetweenPauses = 1000;

/** A tagger on any engine that scores tokens. Tokens as given have the likeliest tag of the first that the model makes of them. */
export function createTagger(engine: TokenScoringEngine, card: ModelCard): Tagger {
  const ownScheme = schemeOfTags(engine.labels);
  return {
    card,
    labels: [...new Set(spansInScheme(engine.labels, ownScheme).map(({ label }) => label))],
    async tag(texts, options = {}) {
      throwIfOver(options);
      refuseNBest(card, options);
      const { aggregationStrategy = "first", ignoreLabels: ignore = ["O"], scheme = ownScheme, ...reading } = options;
      const join = aggregationStrategy === "none" ? singleEntities : joinedEntities;
      const scored = await engine.scoreTokens(texts, reading);
      const taggings: Tagging[] = [];
      let sincePause = 0;
      for (const [i, tokens] of scored.entries()) {
        sincePause += tokens.starts.length;
        if (sincePause > tokensBetweenPauses) {
          await setImmediate();
          sincePause = 0;
        }
        const units = readTags(engine.labels, tokens, aggregationStrategy);
        const entities = join(texts[i] as string, units, { scheme, ignore });
        taggings.push({ entities, model: card.id, usage: tokens.usage });
      }
      return taggings;
    },
    async tagTokens(sentences, options = {}) {
      throwIfOver(options);
      refuseNBest(card, options);
      const { scheme = ownScheme, ...call } = options;
      const scored = await engine.scoreWords(sentences, call);
      return scored.map((words) => ({ ...tagsOfWords(engine.labels, words, scheme), model: card.id }));
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

/** In IOB2. A word that the model cannot see is outside, surely. */
function tagsOfWords(labels: readonly string[], { logits }: ScoredWords, scheme: TagScheme) {
  const best = logits.map((row) => (row === undefined ? { tag: "O", score: 1 } : likeliest(labels, softmax(row))));
  const spans = spansInScheme(
    best.map(({ tag }) => tag),
    scheme,
  );
  return { tags: tagsOfSpans(best.length, spans), scores: best.map(({ score }) => score) };
}
