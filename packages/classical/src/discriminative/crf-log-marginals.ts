import { type Chain, logSumExp } from "./crf-chain.js";
import { clamp, type Marginals } from "./crf-marginals.js";

/**
 * The forward-backward algorithm in logarithms: slow, for chains whose scores lie farther apart than numbers reach.
 * O(length × tags²).
 */
export function logMarginals(chain: Chain): Marginals {
  const { length, tags, emissions, transitions } = chain;
  const forward = forwardScores(chain);
  const backward = backwardScores(chain);
  const last = length === 0 ? Float64Array.of(0) : forward.subarray((length - 1) * tags);
  const logPartition = logSumExp(last);
  return {
    logPartition: () => logPartition,
    ofTag: (i, tag) => clamp(Math.exp(forward[i * tags + tag] + backward[i * tags + tag] - logPartition)),
    ofSpan(path, { start, end, inside }) {
      let along = forward[start * tags + path[start]];
      for (let i = start + 1; i < end; i++)
        along += transitions[path[i - 1] * tags + path[i]] + emissions[i * tags + path[i]];
      const last = path[end - 1];
      const all = Math.exp(along + backward[(end - 1) * tags + last] - logPartition);
      if (end === length || inside < 0) return clamp(all);
      const goesOn = transitions[last * tags + inside] + emissions[end * tags + inside] + backward[end * tags + inside];
      return clamp(all - Math.exp(along + goesOn - logPartition));
    },
  };
}

/** length × tags: log Σ exp(score) over all that goes before, this tag included. */
function forwardScores({ length, tags, emissions, transitions }: Chain): Float64Array {
  const forward = new Float64Array(length * tags);
  const ways = new Float64Array(tags);
  for (let i = 0; i < length; i++) {
    const at = i * tags;
    for (let to = 0; to < tags; to++) {
      for (let from = 0; from < tags; from++) ways[from] = forward[at - tags + from] + transitions[from * tags + to];
      forward[at + to] = emissions[at + to] + (i === 0 ? transitions[tags * tags + to] : logSumExp(ways));
    }
  }
  return forward;
}

/** length × tags: log Σ exp(score) over all that follows, this tag left out. */
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
