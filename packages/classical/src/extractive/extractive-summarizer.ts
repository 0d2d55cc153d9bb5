import {
  type CallOptions,
  checkOptions,
  type GenerateOptions,
  type Generation,
  type ModelCard,
  refuseOtherOptions,
  type ScoredSpan,
  type Span,
  type TextGenerator,
  throwIfAborted,
} from "@bifocal/contracts";
import { wordsOf } from "../lexical/words.js";

/** Cuts a text into sentences that stand in it as they are told, in order. */
export type SplitSentences = (text: string, options?: CallOptions) => Promise<readonly Span[]>;

/** The sentences most worth keeping, best first, at most so many as are wanted. */
export type RankSentences = (
  sentences: readonly Span[],
  wanted: number,
  options: CallOptions,
) => Promise<readonly ScoredSpan[]>;

/** How long a summary is where nobody says: about a fifth of the sentences, at least one and at most three. */
export function defaultSummaryLength(sentences: number): number {
  return Math.min(3, Math.max(1, Math.round(sentences / 5)));
}

/**
 * A summarizer that writes sentences of the text, in the text's order, joined by a space. Of the options it heeds
 * `sentences`, `maxNewTokens` and `signal`; a sentence that would take the summary over `maxNewTokens` words is left out
 * whole, and the finish reason is then `length`.
 * @example extractiveSummarizer(card, winkSentences, rankByPosition)
 */
export function extractiveSummarizer(card: ModelCard, split: SplitSentences, rank: RankSentences): TextGenerator {
  const summarize = (text: string, options: GenerateOptions) => writeSummary(card, split, rank, text, options);
  return {
    card,
    async generate(texts, options = {}) {
      checkSummarizing(card.id, options);
      throwIfAborted(options.signal);
      const generations: Generation[] = [];
      for (const text of texts) generations.push(await summarize(text, options));
      return generations;
    },
    async *stream(text, options = {}) {
      checkSummarizing(card.id, options);
      const { sentences } = await summarize(text, options);
      for (const [i, sentence] of sentences.entries()) {
        throwIfAborted(options.signal);
        yield { text: i === 0 ? sentence.text : ` ${sentence.text}` };
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The same text always has the same summary, whatever the seed. */
const follows = ["overflow", "sentences", "maxNewTokens", "seed"] as const;

function checkSummarizing(model: string, options: GenerateOptions): void {
  checkOptions("summarization", options);
  refuseOtherOptions(model, options, follows);
}

async function writeSummary(
  card: ModelCard,
  split: SplitSentences,
  rank: RankSentences,
  text: string,
  { signal, sentences: asked, maxNewTokens = Number.POSITIVE_INFINITY }: GenerateOptions,
): Promise<Generation & { readonly sentences: readonly ScoredSpan[] }> {
  throwIfAborted(signal);
  const all = await split(text, { signal });
  const best = await rank(all, asked ?? defaultSummaryLength(all.length), { signal });
  const { kept, tokens } = keepWhole(best, maxNewTokens);
  const written = kept.length === best.length ? "end" : "length";
  const read = all.reduce((sum, sentence) => sum + wordsOf(sentence.text).length, 0);
  return {
    text: kept.map((sentence) => sentence.text).join(" "),
    finishReason: all.length === 0 ? "empty" : written,
    tokens,
    sentences: kept,
    model: card.id,
    usage: { tokens: read, windows: 1, truncated: false },
  };
}

/** The best sentences that together have at most so many words, in the order of the text. */
function keepWhole(best: readonly ScoredSpan[], limit: number): { kept: ScoredSpan[]; tokens: number } {
  let tokens = 0;
  const kept = best.filter((sentence) => {
    const words = wordsOf(sentence.text).length;
    const fits = tokens + words <= limit;
    if (fits) tokens += words;
    return fits;
  });
  return { kept: kept.sort((a, b) => a.start - b.start), tokens };
}
