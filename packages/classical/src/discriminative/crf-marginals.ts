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

/**
 * The forward-backward algorithm (Lafferty, McCallum and Pereira 2001) in the log domain: O(length × tags²). Scores are
 * raised to sums of probabilities less their largest; where these are too small for a number, one by one.
 */
export function marginalsOf(chain: Chain): Marginals {
  const { length, tags } = chain;
  const steps = raised(chain.transitions.subarray(0, tags * tags));
  const forward = forwardScores(chain, steps);
  const backward = backwardScores(chain, steps);
  const last = length === 0 ? Float64Array.of(0) : forward.subarray((length - 1) * tags);
  return { logPartition: logSumExp(last), forward, backward };
}

/** Scores as exp(score − shift), the largest of which is 1. */
interface Raised {
  readonly factors: Float64Array;
  readonly shift: number;
}

/** A sum below this may have lost what matters. */
const tooSmall = 1e-280;

function raised(scores: Float64Array): Raised {
  const factors = new Float64Array(scores.length);
  return { factors, shift: raise(scores, 0, factors) };
}

/** Fills the factors with the scores from a place on, raised; answers their shift. */
function raise(scores: Float64Array, start: number, factors: Float64Array): number {
  let shift = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < factors.length; i++) if (scores[start + i] > shift) shift = scores[start + i];
  if (shift === Number.NEGATIVE_INFINITY) shift = 0;
  for (let i = 0; i < factors.length; i++) factors[i] = Math.exp(scores[start + i] - shift);
  return shift;
}

function forwardScores({ length, tags, emissions, transitions }: Chain, steps: Raised): Float64Array {
  const forward = new Float64Array(length * tags);
  const ways = new Float64Array(tags);
  const masses = new Float64Array(tags);
  const sums = new Float64Array(tags);
  for (let tag = 0; tag < tags && length > 0; tag++) forward[tag] = emissions[tag] + transitions[tags * tags + tag];
  for (let i = 1; i < length; i++) {
    const [before, at] = [(i - 1) * tags, i * tags];
    const shift = steps.shift + raise(forward, before, masses);
    sums.fill(0);
    for (let from = 0; from < tags; from++)
      for (let to = 0; to < tags; to++) sums[to] += masses[from] * steps.factors[from * tags + to];
    for (let to = 0; to < tags; to++) {
      let score = shift + Math.log(sums[to]);
      if (!(sums[to] > tooSmall)) {
        for (let from = 0; from < tags; from++) ways[from] = forward[before + from] + transitions[from * tags + to];
        score = logSumExp(ways);
      }
      forward[at + to] = emissions[at + to] + score;
    }
  }
  return forward;
}

function backwardScores({ length, tags, emissions, transitions }: Chain, steps: Raised): Float64Array {
  const backward = new Float64Array(length * tags);
  const ways = new Float64Array(tags);
  const ahead = new Float64Array(tags);
  const masses = new Float64Array(tags);
  for (let i = length - 2; i >= 0; i--) {
    const [at, after] = [i * tags, (i + 1) * tags];
    for (let to = 0; to < tags; to++) ahead[to] = emissions[after + to] + backward[after + to];
    const shift = steps.shift + raise(ahead, 0, masses);
    for (let from = 0; from < tags; from++) {
      let sum = 0;
      for (let to = 0; to < tags; to++) sum += steps.factors[from * tags + to] * masses[to];
      backward[at + from] = shift + Math.log(sum);
      if (sum > tooSmall) continue;
      for (let to = 0; to < tags; to++) ways[to] = transitions[from * tags + to] + ahead[to];
      backward[at + from] = logSumExp(ways);
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
