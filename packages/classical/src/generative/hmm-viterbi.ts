import { contextAt, layOutStates, type Observations, olderTag, roomFor, type TagChain } from "./hmm-trellis.js";

/** The likeliest tags of a sentence, and log p(tokens, tags) up to the factors of its observations. */
export interface BestPath {
  readonly path: Uint8Array;
  readonly logScore: number;
}

/**
 * Finds the likeliest sequence of tags (Viterbi 1967): exact, in natural logarithms, over the candidates that each token
 * has. The function keeps its memory for the next sentence.
 */
export function viterbi(chain: TagChain): (seen: Observations) => BestPath {
  const { order, boundary, logs } = chain;
  let at = new Uint32Array(64);
  let scores = new Float64Array(1024);
  let cameFrom = new Uint32Array(1024);

  function stepTo(i: number, { offsets, tags }: Observations): void {
    const [best, origins, here, next] = [scores, cameFrom, at[i - 1], at[i]];
    const [before, first, last] = [offsets[i - 1], offsets[i], offsets[i + 1]];
    const columns = last - first;
    best.fill(Number.NEGATIVE_INFINITY, next, at[i + 1]);
    for (let from = here, row = 0; from < next; row++) {
      const older = order === 2 && i > 1 ? tags[offsets[i - 2] + row] : boundary;
      for (let tag = before; tag < first; tag++, from++) {
        const score = best[from];
        const context = contextAt(chain, older, tags[tag]);
        let to = order === 2 ? next + (tag - before) * columns : next;
        for (let candidate = first; candidate < last; candidate++, to++) {
          const reached = score + logs[context + tags[candidate]];
          if (reached > best[to]) {
            best[to] = reached;
            origins[to] = from;
          }
        }
      }
    }
  }

  function emit(i: number, { offsets, probabilities }: Observations): void {
    const [best, first, end] = [scores, offsets[i], at[i + 1]];
    const columns = offsets[i + 1] - first;
    for (let column = 0; column < columns; column++) {
      const log = Math.log(probabilities[first + column]);
      for (let state = at[i] + column; state < end; state += columns) best[state] += log;
    }
  }

  /** The best last state, and its score with the end. */
  function finish(seen: Observations): { state: number; logScore: number } {
    const { length, offsets, tags } = seen;
    const last = length - 1;
    const columns = offsets[length] - offsets[last];
    let best = { state: at[last], logScore: Number.NEGATIVE_INFINITY };
    for (let state = at[last]; state < at[length]; state++) {
      const place = state - at[last];
      const older = olderTag(chain, seen, last, Math.floor(place / columns));
      const end = contextAt(chain, older, tags[offsets[last] + (place % columns)]) + boundary;
      const logScore = scores[state] + logs[end];
      if (logScore > best.logScore) best = { state, logScore };
    }
    return best;
  }

  return (seen) => {
    const { length, offsets, tags } = seen;
    const path = new Uint8Array(length);
    const start = contextAt(chain, boundary, boundary);
    if (length === 0) return { path, logScore: logs[start + boundary] };
    at = layOutStates(chain, seen, at);
    scores = roomFor(at[length], scores);
    if (cameFrom.length < scores.length) cameFrom = new Uint32Array(scores.length);
    for (let column = 0; column < at[1]; column++) scores[column] = logs[start + tags[column]];
    emit(0, seen);
    for (let i = 1; i < length; i++) {
      stepTo(i, seen);
      emit(i, seen);
    }
    let { state, logScore } = finish(seen);
    for (let i = length - 1; i >= 0; i--) {
      path[i] = tags[offsets[i] + ((state - at[i]) % (offsets[i + 1] - offsets[i]))];
      state = cameFrom[state];
    }
    return { path, logScore };
  };
}
