import { BifocalError, type Random } from "@bifocal/contracts";

/** How to draw the next token. Absent fields do not restrict. */
export interface Sampling {
  /** Above 0: scores are divided by it. */
  readonly temperature?: number;
  /** The so many likeliest tokens. */
  readonly topK?: number;
  /** The likeliest tokens that together hold this probability (nucleus, Holtzman et al. 2020). */
  readonly topP?: number;
  /** Tokens with at least this share of the likeliest one's probability (Nguyen et al. 2024). */
  readonly minP?: number;
  /** The tokens whose surprise is nearest to the expected one, that together hold this probability (Meister et al. 2023). */
  readonly typicalP?: number;
}

/** Tokens that may be drawn, ascending, and the weight of each: above 0, of no particular sum. */
export interface Distribution {
  readonly tokens: readonly number[];
  readonly weights: readonly number[];
}

type Filter = (distribution: Distribution, limit: number) => Distribution;

/** In the order in which Hugging Face's transformers apply them. */
const filters = [
  ["topK", likeliest],
  ["topP", nucleus],
  ["minP", likelyEnough],
  ["typicalP", typical],
] as const satisfies readonly (readonly [keyof Sampling, Filter])[];

/** What tokens are drawn from: the scores' softmax after the temperature, cut by each limit in turn. */
export function distributionOf(scores: ArrayLike<number>, sampling: Sampling): Distribution {
  let distribution = softened(scores, sampling.temperature ?? 1);
  for (const [name, filter] of filters) {
    const limit = sampling[name];
    if (limit !== undefined) distribution = filter(distribution, limit);
  }
  return distribution;
}

/** A token drawn at random. */
export function drawToken({ tokens, weights }: Distribution, random: Random): number {
  let left = random() * sumOf(weights);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return tokens[i] as number;
  }
  return tokens.at(-1) as number;
}

/** The token with the largest score. @throws {BifocalError} `model-damaged` where no score is finite, or one is NaN. */
export function likeliestToken(scores: ArrayLike<number>): number {
  let best = -1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < scores.length; token++) {
    const score = scores[token] as number;
    if (Number.isNaN(score)) throw notNumbers();
    if (score > largest) [best, largest] = [token, score];
  }
  if (best < 0 || largest === Number.POSITIVE_INFINITY) throw notNumbers();
  return best;
}

/** Natural logarithms of the softmax. @throws {BifocalError} `model-damaged` where no logit is finite, or one is NaN. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const total = logSumOf(logits, likeliestToken(logits));
  const logs = new Float64Array(logits.length);
  for (let token = 0; token < logs.length; token++) logs[token] = (logits[token] as number) - total;
  return logs;
}

/** ln Σ exp of the logits, of which one is the largest. */
export function logSumOf(logits: ArrayLike<number>, largestToken: number): number {
  const largest = logits[largestToken] as number;
  let sum = 0;
  for (let token = 0; token < logits.length; token++) sum += Math.exp((logits[token] as number) - largest);
  return largest + Math.log(sum);
}

function notNumbers(): BifocalError {
  return new BifocalError(
    "model-damaged",
    "The model gave no finite score for any next token: its file is damaged or was quantized wrongly. Try another dtype.",
  );
}

function softened(scores: ArrayLike<number>, temperature: number): Distribution {
  const largest = scores[likeliestToken(scores)] as number;
  const [tokens, weights]: [number[], number[]] = [[], []];
  for (let token = 0; token < scores.length; token++) {
    const weight = Math.exp(((scores[token] as number) - largest) / temperature);
    if (weight === 0) continue;
    tokens.push(token);
    weights.push(weight);
  }
  return { tokens, weights };
}

function likeliest(distribution: Distribution, count: number): Distribution {
  const least = descending(distribution.weights)[count - 1];
  return least === undefined ? distribution : keep(distribution, (weight) => weight >= least);
}

function nucleus(distribution: Distribution, share: number): Distribution {
  const ordered = descending(distribution.weights);
  const least = ordered[lastNeeded(ordered, share * sumOf(ordered))] as number;
  return keep(distribution, (weight) => weight >= least);
}

function likelyEnough(distribution: Distribution, share: number): Distribution {
  const least = share * (descending(distribution.weights)[0] as number);
  return keep(distribution, (weight) => weight >= least);
}

function typical(distribution: Distribution, share: number): Distribution {
  const total = sumOf(distribution.weights);
  const surprise = distribution.weights.map((weight) => Math.log(total / weight));
  const expected = distribution.weights.reduce((sum, weight, i) => sum + (weight / total) * (surprise[i] as number), 0);
  const strangeness = surprise.map((each) => Math.abs(each - expected));
  const order = [...strangeness.keys()].sort((a, b) => (strangeness[a] as number) - (strangeness[b] as number));
  const ordered = order.map((i) => distribution.weights[i] as number);
  const most = strangeness[order[lastNeeded(ordered, share * total)] as number] as number;
  return keep(distribution, (_, i) => (strangeness[i] as number) <= most);
}

/** The place of the weight with which the sum of those up to it reaches what is needed. */
function lastNeeded(weights: ArrayLike<number>, needed: number): number {
  let held = 0;
  for (let i = 0; i < weights.length; i++) {
    held += weights[i] as number;
    if (held >= needed) return i;
  }
  return weights.length - 1;
}

function keep({ tokens, weights }: Distribution, isKept: (weight: number, i: number) => boolean): Distribution {
  return { tokens: tokens.filter((_, i) => isKept(weights[i] as number, i)), weights: weights.filter(isKept) };
}

function descending(weights: readonly number[]): Float64Array {
  return Float64Array.from(weights).sort().reverse();
}

function sumOf(weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] as number;
  return sum;
}
