import { type Chain, logSumExp } from "./crf-chain.js";

/** Probabilities under p(tagging | sentence) = exp(score) / Σ exp(score). */
export interface Marginals {
  /** Natural logarithm of Σ exp(score) over all taggings. */
  readonly logPartition: number;
  /** length × tags: log Σ exp(score) over all that goes before, this tag included. */
  readonly forward: Float64Array;
  /** length × tags: log Σ exp(score) over all that follows, this tag left out. */
  readonly backward: Float64Array;
}

/** The forward-backward algorithm (Lafferty, McCallum and Pereira 2001) in the log domain: O(length × tags²). */
export function marginalsOf(chain: Chain): Marginals {
  const { length, tags } = chain;
  const forward = forwardScores(chain);
  const backward = backwardScores(chain);
  const last = length === 0 ? Float64Array.of(0) : forward.subarray((length - 1) * tags);
  return { logPartition: logSumExp(last), forward, backward };
}

function forwardScores({ length, tags, emissions, transitions }: Chain): Float64Array {
  const forward = new Float64Array(length * tags);
  const ways = new Float64Array(tags);
  for (let i = 0; i < length; i++) {
    for (let to = 0; to < tags; to++) {
      if (i > 0)
        for (let from = 0; from < tags; from++)
          ways[from] = forward[(i - 1) * tags + from] + transitions[from * tags + to];
      forward[i * tags + to] = emissions[i * tags + to] + (i > 0 ? logSumExp(ways) : transitions[tags * tags + to]);
    }
  }
  return forward;
}

function backwardScores({ length, tags, emissions, transitions }: Chain): Float64Array {
  const backward = new Float64Array(length * tags);
  const ways = new Float64Array(tags);
  for (let i = length - 2; i >= 0; i--) {
    const after = (i + 1) * tags;
    for (let from = 0; from < tags; from++) {
      for (let to = 0; to < tags; to++)
        ways[to] = transitions[from * tags + to] + emissions[after + to] + backward[after + to];
      backward[i * tags + from] = logSumExp(ways);
    }
  }
  return backward;
}

/** The probability that the token at `i` has the tag, from 0 to 1. */
export function tagProbability(
  { tags }: Chain,
  { forward, backward, logPartition }: Marginals,
  i: number,
  tag: number,
): number {
  return clamp(Math.exp(forward[i * tags + tag] + backward[i * tags + tag] - logPartition));
}

/**
 * The probability that the tokens from `start` to before `end` have just these tags, and the next does not go on with
 * `inside` (below 0: no tag goes on): that the entity is there, with these limits and this type.
 */
export function spanProbability(
  chain: Chain,
  { forward, backward, logPartition }: Marginals,
  path: ArrayLike<number>,
  { start, end, inside }: { readonly start: number; readonly end: number; readonly inside: number },
): number {
  const { length, tags, emissions, transitions } = chain;
  let along = forward[start * tags + path[start]];
  for (let i = start + 1; i < end; i++)
    along += transitions[path[i - 1] * tags + path[i]] + emissions[i * tags + path[i]];
  const last = path[end - 1];
  const all = Math.exp(along + backward[(end - 1) * tags + last] - logPartition);
  if (end === length || inside < 0) return clamp(all);
  const goesOn = transitions[last * tags + inside] + emissions[end * tags + inside] + backward[end * tags + inside];
  return clamp(all - Math.exp(along + goesOn - logPartition));
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}
