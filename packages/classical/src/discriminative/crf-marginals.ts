import type { Chain } from "./crf-chain.js";
import { logMarginals } from "./crf-log-marginals.js";

/** Tokens from `start` to before `end`, and the tag that would go on with them (below 0: none does). */
export interface ChainSpan {
  readonly start: number;
  readonly end: number;
  readonly inside: number;
}

/** Probabilities under p(tagging | sentence) = exp(score) / Σ exp(score). */
export interface Marginals {
  /** Natural logarithm of Σ exp(score) over all taggings. */
  logPartition(): number;
  /** The probability that the token at `i` has the tag, from 0 to 1. */
  ofTag(i: number, tag: number): number;
  /** The probability that the tokens of a span have just the tags of the path, and the next does not go on with them. */
  ofSpan(path: ArrayLike<number>, span: ChainSpan): number;
}

export function marginalsOf(chain: Chain): Marginals {
  return marginalsReader(chain)(chain);
}

/**
 * Probabilities smaller than a number can be are lost, an error of 1e-324 / `leastScale` at most in what is said of a tag
 * by the tokens before it; what the tokens after it say makes that larger by `mostRaised` times at most.
 */
const leastScale = 1e-100;
const mostRaised = 1e200;

/**
 * The forward-backward algorithm (Lafferty, McCallum and Pereira 2001) for chains of the same transitions: O(length × tags²),
 * scaled so that the forward probabilities of each token add up to 1 (Rabiner 1989, section V.A), and in logarithms where
 * scores lie too far apart for that. What is answered of a chain is valid until the next is read.
 */
export function marginalsReader({
  tags,
  transitions,
}: Pick<Chain, "tags" | "transitions">): (chain: Chain) => Marginals {
  const steps = new Float64Array(tags * tags);
  const stepShift = raise(transitions, 0, steps, 0, tags * tags);
  const begins = new Float64Array(tags);
  const beginShift = raise(transitions, tags * tags, begins, 0, tags);
  const reached = new Float64Array(tags);
  /** length × tags: exp(emission), of which the largest of a token is 1; less this much. */
  let raised = new Float64Array(0);
  let shifts = new Float64Array(0);
  /** length × tags: p(tag | this token and those before). */
  let forward = new Float64Array(0);
  /** length × tags: p(tokens after | tag) / p(tokens after | tokens up to this). */
  let backward = new Float64Array(0);
  /** What forward probabilities were divided by. */
  let scales = new Float64Array(0);

  function makeRoom(length: number): void {
    if (scales.length >= length) return;
    shifts = new Float64Array(length);
    scales = new Float64Array(length);
    raised = new Float64Array(length * tags);
    forward = new Float64Array(length * tags);
    backward = new Float64Array(length * tags);
  }

  /** Fills `forward` and `scales`; false where numbers are too small for it. */
  function goForward(length: number): boolean {
    for (let i = 0; i < length; i++) {
      const at = i * tags;
      if (i === 0) reached.set(begins);
      else stepOn(at - tags);
      let sum = 0;
      for (let tag = 0; tag < tags; tag++) {
        forward[at + tag] = reached[tag] * raised[at + tag];
        sum += forward[at + tag];
      }
      if (!(sum > leastScale)) return false;
      scales[i] = sum;
      for (let tag = 0; tag < tags; tag++) forward[at + tag] /= sum;
    }
    return true;
  }

  /** Fills `reached` with what comes to each tag from the tags of the token at a place. */
  function stepOn(before: number): void {
    reached.fill(0);
    for (let from = 0, step = 0; from < tags; from++) {
      const mass = forward[before + from];
      for (let to = 0; to < tags; to++, step++) reached[to] += mass * steps[step];
    }
  }

  function goBackward(length: number): boolean {
    backward.fill(1, (length - 1) * tags, length * tags);
    let largest = 0;
    for (let i = length - 2; i >= 0; i--) {
      const [at, after, scale] = [i * tags, (i + 1) * tags, 1 / scales[i + 1]];
      for (let to = 0; to < tags; to++) reached[to] = raised[after + to] * backward[after + to] * scale;
      for (let from = 0, step = 0; from < tags; from++) {
        let sum = 0;
        for (let to = 0; to < tags; to++, step++) sum += steps[step] * reached[to];
        backward[at + from] = sum;
        if (sum > largest) largest = sum;
      }
    }
    return largest < mostRaised;
  }

  return (chain) => {
    const { length, emissions } = chain;
    makeRoom(length);
    for (let i = 0; i < length; i++) shifts[i] = raise(emissions, i * tags, raised, i * tags, tags);
    if (length === 0 || !goForward(length) || !goBackward(length)) return logMarginals(chain);
    return {
      logPartition() {
        let sum = beginShift + (length - 1) * stepShift;
        for (let i = 0; i < length; i++) sum += Math.log(scales[i]) + shifts[i];
        return sum;
      },
      ofTag: (i, tag) => clamp(forward[i * tags + tag] * backward[i * tags + tag]),
      ofSpan(path, { start, end, inside }) {
        let along = forward[start * tags + path[start]];
        for (let i = start + 1; i < end; i++)
          along *= (steps[path[i - 1] * tags + path[i]] * raised[i * tags + path[i]]) / scales[i];
        const last = path[end - 1];
        const all = along * backward[(end - 1) * tags + last];
        if (end === length || inside < 0) return clamp(all);
        const goesOn = (steps[last * tags + inside] * raised[end * tags + inside]) / scales[end];
        return clamp(all - along * goesOn * backward[end * tags + inside]);
      },
    };
  };
}

/** Writes exp(score − shift), the largest of which is 1, of so many scores; gives the shift. */
export function raise(scores: Float64Array, start: number, into: Float64Array, at: number, count: number): number {
  let shift = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) if (scores[start + i] > shift) shift = scores[start + i];
  if (shift === Number.NEGATIVE_INFINITY) shift = 0;
  for (let i = 0; i < count; i++) into[at + i] = Math.exp(scores[start + i] - shift);
  return shift;
}

export function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}
