import type { AggregationStrategy } from "@bifocal/contracts";
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

/** The tokens of a word, the last exclusive. */
interface Word {
  readonly first: number;
  readonly next: number;
}

/** Rows of probabilities, one for each token. */
type Rows = (token: number) => Float64Array;

/** The probabilities that speak for a word, of those of its tokens. */
const spokesmen = {
  first: (rows, { first }) => rows(first),
  max: (rows, { first, next }) => {
    let surest = rows(first);
    for (let token = first + 1; token < next; token++) if (highest(rows(token)) > highest(surest)) surest = rows(token);
    return surest;
  },
  average: (rows, { first, next }) => {
    const mean = Float64Array.from(rows(first)).fill(0);
    for (let token = first; token < next; token++)
      for (let label = 0; label < mean.length; label++)
        mean[label] = (mean[label] as number) + (rows(token)[label] as number) / (next - first);
    return mean;
  },
} as const satisfies Partial<Record<AggregationStrategy, (rows: Rows, word: Word) => Float64Array>>;

/** The tags of tokens, or of words as the strategy has it. */
export function readTags(
  labels: readonly string[],
  { starts, ends, begins, logits }: ScoredTokens,
  strategy: AggregationStrategy,
): TaggedUnit[] {
  const values = softmaxOfRows(logits, labels.length);
  const rows: Rows = (token) => values.subarray(token * labels.length, (token + 1) * labels.length);
  const byToken = strategy === "none" || strategy === "simple";
  const speak = spokesmen[byToken ? "first" : strategy];
  return wordsOf(starts.length, (token) => byToken || begins[token] === 1).map((word) => ({
    start: starts[word.first] as number,
    end: ends[word.next - 1] as number,
    ...likeliest(labels, speak(rows, word)),
  }));
}

/** exp(x) / Σ exp(x) within each row, all in one array: tens of thousands of tokens come at once. */
function softmaxOfRows(logits: ArrayLike<number>, width: number): Float64Array {
  const values = new Float64Array(logits);
  for (let start = 0; start < values.length; start += width) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = start; i < start + width; i++) largest = Math.max(largest, values[i] as number);
    let total = 0;
    for (let i = start; i < start + width; i++) total += values[i] = Math.exp((values[i] as number) - largest);
    for (let i = start; i < start + width; i++) values[i] = (values[i] as number) / total;
  }
  return values;
}

function wordsOf(tokens: number, begins: (token: number) => boolean): Word[] {
  const words: Word[] = [];
  let first = 0;
  for (let next = 1; next <= tokens; next++) {
    if (next < tokens && !begins(next)) continue;
    words.push({ first, next });
    first = next;
  }
  return words;
}

/** The label with the largest probability. */
export function likeliest(labels: readonly string[], probabilities: Float64Array): { tag: string; score: number } {
  const score = highest(probabilities);
  return { tag: labels[probabilities.indexOf(score)] ?? "O", score };
}

function highest(probabilities: Float64Array): number {
  let most = 0;
  for (let i = 0; i < probabilities.length; i++) most = Math.max(most, probabilities[i] as number);
  return most;
}
