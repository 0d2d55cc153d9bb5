import { contextAt, layOutStates, type Observations, olderTag, type TagChain } from "./hmm-trellis.js";
import type { BestPath } from "./hmm-viterbi.js";

/** A way to a state: its score, the state before, and which of the ways to that. */
interface Way {
  readonly score: number;
  readonly state: number;
  readonly before: Way | undefined;
}

/**
 * The `count` likeliest sequences of tags, best first, or as many as are possible: Viterbi with the best `count` ways
 * kept to each state (Schwartz and Chow 1990), exact.
 */
export function bestPaths(chain: TagChain, seen: Observations, count: number): BestPath[] {
  const { boundary, logs } = chain;
  const start = contextAt(chain, boundary, boundary);
  if (seen.length === 0) return [{ path: new Uint8Array(0), logScore: logs[start + boundary] }];
  const { length, offsets, tags, probabilities } = seen;
  const at = layOutStates(chain, seen, new Uint32Array(length + 1));
  let ways: Way[][] = Array.from({ length: at[1] }, (_, state) =>
    possible([{ score: logs[start + tags[state]] + Math.log(probabilities[state]), state, before: undefined }]),
  );
  for (let i = 1; i < length; i++) {
    const columns = offsets[i + 1] - offsets[i];
    const next: Way[][] = Array.from({ length: at[i + 1] - at[i] }, () => []);
    for (const [place, those] of ways.entries()) {
      const { context, column } = contextOf(chain, seen, i - 1, place);
      for (let to = 0; to < columns; to++) {
        const gain = logs[context + tags[offsets[i] + to]] + Math.log(probabilities[offsets[i] + to]);
        const reached = (chain.order === 2 ? column * columns : 0) + to;
        for (const way of those) next[reached].push({ score: way.score + gain, state: reached, before: way });
      }
    }
    ways = next.map((each) => possible(each).slice(0, count));
  }
  const ended = ways.flatMap((those, place) => {
    const { context } = contextOf(chain, seen, length - 1, place);
    return those.map((way) => ({ ...way, score: way.score + logs[context + boundary] }));
  });
  return possible(ended)
    .slice(0, count)
    .map((way) => ({ path: pathOf(way, seen), logScore: way.score }));
}

/** Best first; ways of equal score as they came. */
function possible(ways: Way[]): Way[] {
  return ways.filter(({ score }) => score > Number.NEGATIVE_INFINITY).sort((a, b) => b.score - a.score);
}

function contextOf(chain: TagChain, seen: Observations, i: number, place: number): { context: number; column: number } {
  const columns = seen.offsets[i + 1] - seen.offsets[i];
  const column = place % columns;
  const older = olderTag(chain, seen, i, Math.floor(place / columns));
  return { context: contextAt(chain, older, seen.tags[seen.offsets[i] + column]), column };
}

function pathOf(last: Way, { length, offsets, tags }: Observations): Uint8Array {
  const path = new Uint8Array(length);
  let way: Way | undefined = last;
  for (let i = length - 1; way !== undefined; i--, way = way.before) {
    path[i] = tags[offsets[i] + (way.state % (offsets[i + 1] - offsets[i]))];
  }
  return path;
}
