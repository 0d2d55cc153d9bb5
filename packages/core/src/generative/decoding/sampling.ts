import { BifocalError, type Random } from "@bifocal/contracts";

/** How to draw the next token. Absent fields do not restrict. */
export interface Sampling {
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
}

export interface ChosenToken {
  readonly token: number;
  /** ln p(token) under the logits as given: before temperature, top-k and top-p. */
  readonly logProbability: number;
}

/**
 * The likeliest token, or with `sampling` one drawn at random: divided by the temperature, cut to the `topK` likeliest,
 * then to the likeliest that together hold `topP` (nucleus sampling, Holtzman et al. 2020).
 * @throws {BifocalError} `model-damaged` where no logit is finite, or one is NaN.
 */
export function chooseToken(logits: ArrayLike<number>, random: Random, sampling?: Sampling): ChosenToken {
  const best = indexOfLargest(logits);
  const token = sampling === undefined ? best : draw(logits, logits[best] as number, random, sampling);
  return { token, logProbability: (logits[token] as number) - logSumExp(logits, logits[best] as number) };
}

function indexOfLargest(logits: ArrayLike<number>): number {
  let best = -1;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] as number;
    if (Number.isNaN(logit)) throw notNumbers();
    if (logit > (best < 0 ? Number.NEGATIVE_INFINITY : (logits[best] as number))) best = i;
  }
  if (best < 0 || logits[best] === Number.POSITIVE_INFINITY) throw notNumbers();
  return best;
}

function notNumbers(): BifocalError {
  return new BifocalError(
    "model-damaged",
    "The model gave no finite score for any next token: its file is damaged or was quantized wrongly. Try another dtype.",
  );
}

function logSumExp(logits: ArrayLike<number>, largest: number): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp((logits[i] as number) - largest);
  return largest + Math.log(sum);
}

function draw(logits: ArrayLike<number>, largest: number, random: Random, sampling: Sampling): number {
  const { temperature = 1, topK, topP } = sampling;
  const weights = Float64Array.from(logits, (logit) => Math.exp((logit - largest) / temperature));
  const candidates = nucleus(weights, likeliest(weights, topK, topP), topP);
  let left = random() * candidates.reduce((sum, token) => sum + (weights[token] as number), 0);
  for (const token of candidates) {
    left -= weights[token] as number;
    if (left < 0) return token;
  }
  return candidates.find((token) => (weights[token] as number) > 0) as number;
}

/** All tokens as they come, or best first and at most `topK` where the order matters. */
function likeliest(weights: Float64Array, topK: number | undefined, topP: number | undefined): number[] {
  const tokens = Array.from(weights.keys());
  if (topK === undefined && topP === undefined) return tokens;
  return tokens.sort((a, b) => (weights[b] as number) - (weights[a] as number)).slice(0, topK);
}

function nucleus(weights: Float64Array, tokens: readonly number[], topP = 1): readonly number[] {
  if (topP >= 1) return tokens;
  const needed = topP * tokens.reduce((sum, token) => sum + (weights[token] as number), 0);
  let held = 0;
  const last = tokens.findIndex((token) => {
    held += weights[token] as number;
    return held >= needed;
  });
  return tokens.slice(0, last + 1);
}
