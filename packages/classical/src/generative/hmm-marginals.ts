import { contextAt, layOutStates, type Observations, olderTag, roomFor, type TagChain } from "./hmm-trellis.js";

/** What the tokens say of their tags: p(tags | tokens) summed up. Valid until the next sentence is read. */
export interface Marginals {
  /** Natural logarithm of p(tokens), the end included, up to the factors of the observations. */
  readonly logLikelihood: number;
  /** p(tag of the token | tokens) of each candidate, beside those of the observations. */
  readonly posteriors: Float64Array;
  /** Where the states of each token begin; see `layOutStates`. */
  readonly at: Uint32Array;
  /** p(state | tokens up to its own). */
  readonly forward: Float64Array;
  /** p(tokens after its own | state) / p(tokens after its own | tokens up to it). */
  readonly backward: Float64Array;
  /** p(token | tokens before it) of each token. */
  readonly scales: Float64Array;
}

/**
 * The forward-backward algorithm (Rabiner 1989, section V.A), scaled so that the forward probabilities of each token
 * add up to 1. The function keeps its memory for the next sentence.
 */
export function forwardBackward(chain: TagChain): (seen: Observations) => Marginals {
  const { order, boundary, probabilities: follow } = chain;
  const start = contextAt(chain, boundary, boundary);
  let at = new Uint32Array(64);
  let forward = new Float64Array(1024);
  let backward = new Float64Array(1024);
  let scales = new Float64Array(64);
  let posteriors = new Float64Array(1024);
  let weighted = new Float64Array(64);

  function stepTo(i: number, { offsets, tags }: Observations): void {
    const [now, here, next] = [forward, at[i - 1], at[i]];
    const [before, first, last] = [offsets[i - 1], offsets[i], offsets[i + 1]];
    const columns = last - first;
    now.fill(0, next, at[i + 1]);
    for (let from = here, row = 0; from < next; row++) {
      const older = order === 2 && i > 1 ? tags[offsets[i - 2] + row] : boundary;
      for (let tag = before; tag < first; tag++, from++) {
        const probability = now[from];
        const context = contextAt(chain, older, tags[tag]);
        let to = order === 2 ? next + (tag - before) * columns : next;
        for (let candidate = first; candidate < last; candidate++) {
          now[to++] += probability * follow[context + tags[candidate]];
        }
      }
    }
  }

  /** Multiplies by p(token | tag), and scales to a sum of 1. */
  function emit(i: number, { offsets, probabilities }: Observations): void {
    const [now, first, last, end] = [forward, offsets[i], offsets[i + 1], at[i + 1]];
    let sum = 0;
    for (let state = at[i]; state < end; ) {
      for (let candidate = first; candidate < last; candidate++, state++) {
        now[state] *= probabilities[candidate];
        sum += now[state];
      }
    }
    scales[i] = sum;
    if (sum === 0) return;
    const scale = 1 / sum;
    for (let state = at[i]; state < end; state++) now[state] *= scale;
  }

  /** Writes p(end | state) of the last states into `backward`; answers p(end | tokens). */
  function end(seen: Observations): number {
    const { length, offsets, tags } = seen;
    const last = length - 1;
    let sum = 0;
    for (let state = at[last], row = 0; state < at[length]; row++) {
      const older = olderTag(chain, seen, last, row);
      for (let tag = offsets[last]; tag < offsets[length]; tag++, state++) {
        backward[state] = follow[contextAt(chain, older, tags[tag]) + boundary];
        sum += forward[state] * backward[state];
      }
    }
    return sum;
  }

  function stepBack(i: number, { offsets, tags, probabilities }: Observations): void {
    const [now, here, next, end] = [backward, at[i], at[i + 1], at[i + 2]];
    const [first, after, last] = [offsets[i], offsets[i + 1], offsets[i + 2]];
    const columns = last - after;
    const scale = scales[i + 1] === 0 ? 0 : 1 / scales[i + 1];
    weighted = roomFor(end - next, weighted);
    const ahead = weighted;
    for (let state = next, place = 0; state < end; ) {
      for (let candidate = after; candidate < last; candidate++, state++, place++) {
        ahead[place] = now[state] * probabilities[candidate] * scale;
      }
    }
    for (let state = here, row = 0; state < next; row++) {
      const older = order === 2 && i > 0 ? tags[offsets[i - 1] + row] : boundary;
      for (let tag = first; tag < after; tag++, state++) {
        const context = contextAt(chain, older, tags[tag]);
        let to = order === 2 ? (tag - first) * columns : 0;
        let sum = 0;
        for (let candidate = after; candidate < last; candidate++)
          sum += follow[context + tags[candidate]] * ahead[to++];
        now[state] = sum;
      }
    }
  }

  function sumUp({ length, offsets }: Observations): void {
    const [before, after, sums] = [forward, backward, posteriors];
    sums.fill(0, 0, offsets[length]);
    for (let i = 0, state = 0; i < length; i++) {
      const [first, last, end] = [offsets[i], offsets[i + 1], at[i + 1]];
      while (state < end) {
        for (let candidate = first; candidate < last; candidate++, state++) {
          sums[candidate] += before[state] * after[state];
        }
      }
    }
  }

  return (seen) => {
    const { length, offsets, tags } = seen;
    if (length === 0)
      return { logLikelihood: Math.log(follow[start + boundary]), posteriors, at, forward, backward, scales };
    at = layOutStates(chain, seen, at);
    forward = roomFor(at[length], forward);
    backward = roomFor(at[length], backward);
    scales = roomFor(length, scales);
    posteriors = roomFor(offsets[length], posteriors);
    for (let column = 0; column < at[1]; column++) forward[column] = follow[start + tags[column]];
    emit(0, seen);
    for (let i = 1; i < length; i++) {
      stepTo(i, seen);
      emit(i, seen);
    }
    const ending = end(seen);
    let logLikelihood = Math.log(ending);
    for (let i = 0; i < length; i++) logLikelihood += Math.log(scales[i]);
    for (let state = at[length - 1]; state < at[length]; state++) backward[state] /= ending || 1;
    for (let i = length - 2; i >= 0; i--) stepBack(i, seen);
    sumUp(seen);
    return { logLikelihood, posteriors, at, forward, backward, scales };
  };
}
