import { setImmediate } from "node:timers/promises";
import {
  type CallOptions,
  type Entity,
  refusePieceOptions,
  type Span,
  spansOfTags,
  type Tagger,
  type TextReading,
  type TokenReading,
  type TokenSpan,
  type TokenTagging,
  throwIfAborted,
} from "@bifocal/contracts";
import { wordsInSentences } from "./features/words-in-sentences.js";
import type { OpenContext } from "./learner.js";

/** A way of tagging a sentence. */
export interface TagPath {
  readonly tags: readonly string[];
  /** The probability that just these tokens are one entity of this type, of one that the tags mark. */
  spanScore(span: TokenSpan): number;
}

export interface RankedPath extends TagPath {
  /** Natural logarithm of p(tags | tokens). */
  readonly logProbability: number;
}

/** A sentence as the model reads it; valid until the next is read. Nothing is worked out before it is asked for. */
export interface SentenceReading {
  /** What is answered. */
  readonly best: TagPath;
  /** p(tag | tokens) of each token's tag. */
  scores(): number[];
  /** The so many likeliest taggings, best first, or as many as there are. */
  nBest(count: number): RankedPath[];
}

/** What a tagger that reads sentence by sentence is made of. */
export interface SentenceTaggerParts {
  readonly tags: readonly string[];
  readonly read: (tokens: readonly string[]) => SentenceReading;
}

/** A tagger that cuts texts by `wordsInSentences`. Tags that mark no entities, parts of speech, mark each token alone. */
export function createSentenceTagger(
  { card, trainingTexts }: OpenContext,
  { tags, read }: SentenceTaggerParts,
): Tagger {
  return {
    card,
    trainingTexts,
    labels: [...new Set(spansOfTags(tags).map(({ label }) => label))],
    async tag(texts, { nBest, ...options } = {}) {
      refusePieceOptions(card, options);
      const pause = pauses(options);
      const taggings = [];
      for (const text of texts) {
        const entities: Entity[] = [];
        let readings: readonly TextReading[] = [{ entities: [], logProbability: 0 }];
        let tokens = 0;
        for (const sentence of wordsInSentences(text)) {
          await pause(sentence.length);
          tokens += sentence.length;
          const reading = read(sentence.map((word) => word.text));
          entities.push(...entitiesOf(text, sentence, reading.best));
          if (nBest === undefined) continue;
          const own = reading.nBest(nBest).map((path) => ({ ...path, entities: entitiesOf(text, sentence, path) }));
          readings = joined(readings, own, nBest);
        }
        const usage = { tokens, windows: 1, truncated: false };
        taggings.push({ entities, ...(nBest !== undefined && { nBest: readings }), model: card.id, usage });
      }
      return taggings;
    },
    async tagTokens(sentences, { nBest, ...options } = {}) {
      refusePieceOptions(card, options);
      const pause = pauses(options);
      const taggings: TokenTagging[] = [];
      for (const tokens of sentences) {
        const paused = pause(tokens.length);
        if (paused !== undefined) await paused;
        const reading = read(tokens);
        const tagging: TokenTagging = { tags: reading.best.tags, scores: reading.scores(), model: card.id };
        taggings.push(nBest === undefined ? tagging : { ...tagging, nBest: ranked(reading.nBest(nBest)) });
      }
      return taggings;
    },
    async [Symbol.asyncDispose]() {},
  };
}

function ranked(paths: readonly RankedPath[]): TokenReading[] {
  return paths.map(({ tags, logProbability }) => ({ tags, logProbability }));
}

function entitiesOf(text: string, sentence: readonly Span[], path: TagPath): Entity[] {
  return spansOfTags(path.tags).map((span) => {
    const [start, end] = [sentence[span.start].start, sentence[span.end - 1].end];
    return { label: span.label, text: text.slice(start, end), start, end, score: path.spanScore(span) };
  });
}

/** The so many likeliest readings of a text and one more sentence, whose readings do not hang on each other. */
function joined(before: readonly TextReading[], own: readonly TextReading[], count: number): TextReading[] {
  const pairs = before.flatMap((text) =>
    own.map((sentence) => ({ text, sentence, logProbability: text.logProbability + sentence.logProbability })),
  );
  const likeliest = pairs.sort((a, b) => b.logProbability - a.logProbability).slice(0, count);
  return likeliest.map(({ text, sentence, logProbability }) => ({
    entities: [...text.entities, ...sentence.entities],
    logProbability,
  }));
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
