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
    const [before, first] = [offsets[i - 1], offsets[i]];
    const columns = offsets[i + 1] - first;
    const columnsBefore = first - before;
    scores.fill(Number.NEGATIVE_INFINITY, at[i], at[i + 1]);
    for (let from = at[i - 1], row = 0; from < at[i]; row++) {
      const older = order === 2 && i > 1 ? tags[offsets[i - 2] + row] : boundary;
      for (let column = 0; column < columnsBefore; column++, from++) {
        const score = scores[from];
        const context = contextAt(chain, older, tags[before + column]);
        const to = at[i] + (order === 2 ? column * columns : 0);
        for (let next = 0; next < columns; next++) {
          const reached = score + logs[context + tags[first + next]];
          if (reached > scores[to + next]) {
            scores[to + next] = reached;
            cameFrom[to + next] = from;
          }
        }
      }
    }
  }

  function emit(i: number, { offsets, probabilities }: Observations): void {
    const columns = offsets[i + 1] - offsets[i];
    for (let column = 0; column < columns; column++) {
      const log = Math.log(probabilities[offsets[i] + column]);
      for (let state = at[i] + column; state < at[i + 1]; state += columns) scores[state] += log;
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
