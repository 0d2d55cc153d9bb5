import { type AggregationStrategy, softmax } from "@bifocal/contracts";
import type { ScoredTokens } from "../engines/engine.js";

/** A token or a word as a network tags it. */
export interface TaggedUnit {
  readonly start: number;
  readonly end: number;
  /** In the model's own scheme. */
  readonly tag: string;
  /** Probability of the tag. */
  readonly score: number;
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly begins: boolean;
  readonly probabilities: Float64Array;
  /** The largest of them. */
  readonly surest: number;
}

type Word = readonly [Token, ...Token[]];

/** The probabilities that speak for a word, of those of its tokens. */
const spokesmen = {
  first: ([token]) => token.probabilities,
  max: (word) => word.reduce((best, token) => (token.surest > best.surest ? token : best)).probabilities,
  average: (word) =>
    word[0].probabilities.map(
      (_, label) => word.reduce((sum, { probabilities }) => sum + (probabilities[label] as number), 0) / word.length,
    ),
} as const satisfies Partial<Record<AggregationStrategy, (word: Word) => Float64Array>>;

/** The tags of tokens, or of words as the strategy has it. */
export function readTags(labels: readonly string[], scored: ScoredTokens, strategy: AggregationStrategy): TaggedUnit[] {
  const tokens = tokensOf(scored, labels.length);
  if (strategy === "none" || strategy === "simple")
    return tokens.map(({ start, end, probabilities }) => ({ start, end, ...likeliest(labels, probabilities) }));
  return wordsOf(tokens).map((word) => {
    const end = word.at(-1)?.end ?? word[0].end;
    return { start: word[0].start, end, ...likeliest(labels, spokesmen[strategy](word)) };
  });
}

function tokensOf({ starts, ends, begins, logits }: ScoredTokens, labels: number): Token[] {
  const all = Float64Array.from(logits);
  return Array.from({ length: starts.length }, (_, i) => {
    const probabilities = softmax(all.subarray(i * labels, (i + 1) * labels));
    const surest = Math.max(...probabilities);
    return { start: starts[i] as number, end: ends[i] as number, begins: begins[i] === 1, probabilities, surest };
  });
}

function wordsOf(tokens: readonly Token[]): Word[] {
  const words: [Token, ...Token[]][] = [];
  for (const token of tokens) {
    const word = words.at(-1);
    if (word === undefined || token.begins) words.push([token]);
    else word.push(token);
  }
  return words;
}

/** The label with the largest probability. */
export function likeliest(labels: readonly string[], probabilities: Float64Array): { tag: string; score: number } {
  const score = Math.max(...probabilities);
  return { tag: labels[probabilities.indexOf(score)] ?? "O", score };
}
