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

  /** Goes from two rows of states at a time, so that what follows them is looked up side by side. */
  function stepTo(i: number, { offsets, tags }: Observations): void {
    const [now, here, next] = [forward, at[i - 1], at[i]];
    const [before, first, last] = [offsets[i - 1], offsets[i], offsets[i + 1]];
    const [width, columns] = [first - before, last - first];
    const rows = (next - here) / width;
    now.fill(0, next, at[i + 1]);
    for (let row = 0; row < rows; row += 2) {
      const other = row + 1 < rows ? row + 1 : row;
      const [older, otherOlder] = [olderAt(i - 1, row, offsets, tags), olderAt(i - 1, other, offsets, tags)];
      for (let column = 0; column < width; column++) {
        const tag = tags[before + column];
        const probability = now[here + row * width + column];
        const otherProbability = other === row ? 0 : now[here + other * width + column];
        const context = contextAt(chain, older, tag);
        const otherContext = contextAt(chain, otherOlder, tag);
        let to = order === 2 ? next + column * columns : next;
        for (let candidate = first; candidate < last; candidate++, to++) {
          const tag = tags[candidate];
          now[to] = now[to] + probability * follow[context + tag] + otherProbability * follow[otherContext + tag];
        }
      }
    }
  }

  /** The tag before those of a row of states. */
  function olderAt(i: number, row: number, offsets: Uint32Array, tags: Uint8Array): number {
    return order === 2 && i > 0 ? tags[offsets[i - 1] + row] : boundary;
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
    const width = after - first;
    const rows = (next - here) / width;
    for (let row = 0; row < rows; row += 2) {
      const other = row + 1 < rows ? row + 1 : row;
      const [older, otherOlder] = [olderAt(i, row, offsets, tags), olderAt(i, other, offsets, tags)];
      for (let column = 0; column < width; column++) {
        const tag = tags[first + column];
        const context = contextAt(chain, older, tag);
        const otherContext = contextAt(chain, otherOlder, tag);
        let to = order === 2 ? column * columns : 0;
        let sum = 0;
        let otherSum = 0;
        for (let candidate = after; candidate < last; candidate++, to++) {
          const tag = tags[candidate];
          sum += follow[context + tag] * ahead[to];
          otherSum += follow[otherContext + tag] * ahead[to];
        }
        const state = here + row * width + column;
        now[state] = sum;
        let posterior = posteriors[first + column] + forward[state] * sum;
        if (other > row) {
          now[state + width] = otherSum;
          posterior += forward[state + width] * otherSum;
        }
        posteriors[first + column] = posterior;
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
    posteriors.fill(0, 0, offsets[length]);
    for (let state = at[length - 1]; state < at[length]; ) {
      for (let candidate = offsets[length - 1]; candidate < offsets[length]; candidate++, state++) {
        backward[state] /= ending || 1;
        posteriors[candidate] += forward[state] * backward[state];
      }
    }
    for (let i = length - 2; i >= 0; i--) stepBack(i, seen);
    return { logLikelihood, posteriors, at, forward, backward, scales };
  };
}
