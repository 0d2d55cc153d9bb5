import type { Chain } from "./crf-chain.js";

/** The tagging with the highest score (Viterbi 1967), as indices of tags; of equals, the one with the earlier tags. */
export function bestPath({ length, tags, emissions, transitions }: Chain): Uint8Array {
  const path = new Uint8Array(length);
  if (length === 0) return path;
  const cameFrom = new Uint8Array(length * tags);
  let scores = new Float64Array(tags);
  let next = new Float64Array(tags);
  for (let tag = 0; tag < tags; tag++) scores[tag] = transitions[tags * tags + tag] + emissions[tag];
  for (let i = 1; i < length; i++) {
    for (let to = 0; to < tags; to++) {
      let from = 0;
      let best = scores[0] + transitions[to];
      for (let tag = 1; tag < tags; tag++) {
        const score = scores[tag] + transitions[tag * tags + to];
        if (score > best) {
          best = score;
          from = tag;
        }
      }
      next[to] = best + emissions[i * tags + to];
      cameFrom[i * tags + to] = from;
    }
    [scores, next] = [next, scores];
  }
  path[length - 1] = scores.indexOf(Math.max(...scores));
  for (let i = length - 1; i > 0; i--) path[i - 1] = cameFrom[i * tags + path[i]];
  return path;
}
