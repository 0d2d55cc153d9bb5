import type { Chain } from "./crf-chain.js";

/** A tagging as indices of tags, and its score. */
export interface ScoredPath {
  readonly path: Uint8Array;
  readonly score: number;
}

/** A way to a tag: its score, and the way that it goes on. */
interface Way {
  readonly score: number;
  readonly tag: number;
  readonly before: Way | undefined;
}

/**
 * The `count` taggings with the highest scores, best first, or as many as are possible: Viterbi with the best `count` ways
 * kept to each tag (Schwartz and Chow 1990), exact. Of equals, the one with the earlier tags at its end.
 */
export function bestPaths({ length, tags, emissions, transitions }: Chain, count: number): ScoredPath[] {
  let ways: Way[] = [{ score: 0, tag: tags, before: undefined }];
  for (let i = 0; i < length; i++) {
    const reached = Array.from({ length: tags }, (_, tag) =>
      best(
        ways.map((before) => {
          const score = before.score + transitions[before.tag * tags + tag] + emissions[i * tags + tag];
          return { score, tag, before };
        }),
        count,
      ),
    );
    ways = reached.flat();
  }
  return best(ways, count).map((way) => ({ path: pathOf(way, length), score: way.score }));
}

/** Best first; those that may not be are left out. */
function best(ways: readonly Way[], count: number): Way[] {
  return ways
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score)
    .slice(0, count);
}

function pathOf(last: Way, length: number): Uint8Array {
  const path = new Uint8Array(length);
  let way = last;
  for (let i = length - 1; i >= 0 && way.before !== undefined; i--) {
    path[i] = way.tag;
    way = way.before;
  }
  return path;
}
