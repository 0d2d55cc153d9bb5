import { setImmediate } from "node:timers/promises";
import {
  type CallOptions,
  type Entity,
  type Span,
  spansOfTags,
  type Tagger,
  type TokenTagging,
  throwIfAborted,
} from "@bifocal/contracts";
import { wordsInSentences } from "./features/words-in-sentences.js";
import type { OpenContext } from "./learner.js";

/** What a tagger that reads sentence by sentence is made of. */
export interface SentenceTaggerParts {
  readonly tags: readonly string[];
  /** The entities of a sentence, whose words have their places in the text. */
  readonly entitiesOf: (text: string, sentence: readonly Span[]) => Entity[];
  readonly tagTokens: (tokens: readonly string[]) => Omit<TokenTagging, "model">;
}

/** A tagger that cuts texts by `wordsInSentences`. Tags that mark no entities, parts of speech, mark each token alone. */
export function createSentenceTagger(
  { card, trainingTexts }: OpenContext,
  { tags, entitiesOf, tagTokens }: SentenceTaggerParts,
): Tagger {
  return {
    card,
    trainingTexts,
    labels: [...new Set(spansOfTags(tags).map(({ label }) => label))],
    async tag(texts, options) {
      const pause = pauses(options);
      const taggings = [];
      for (const text of texts) {
        const entities: Entity[] = [];
        let tokens = 0;
        for (const sentence of wordsInSentences(text)) {
          await pause(sentence.length);
          tokens += sentence.length;
          entities.push(...entitiesOf(text, sentence));
        }
        taggings.push({ entities, model: card.id, usage: { tokens, windows: 1, truncated: false } });
      }
      return taggings;
    },
    async tagTokens(sentences, options) {
      const pause = pauses(options);
      const taggings = [];
      for (const tokens of sentences) {
        await pause(tokens.length);
        taggings.push({ ...tagTokens(tokens), model: card.id });
      }
      return taggings;
    },
    async [Symbol.asyncDispose]() {},
  };
}

const tokensBetweenPauses = 20_000;

/** Refuses to begin or go on once aborted, and now and then lets other work run. */
export function pauses({ signal }: CallOptions = {}): (tokens: number) => Promise<void> | undefined {
  throwIfAborted(signal);
  let since = 0;
  return (tokens) => {
    throwIfAborted(signal);
    since += tokens;
    if (since < tokensBetweenPauses) return undefined;
    since = 0;
    return setImmediate().then(() => throwIfAborted(signal));
  };
}
