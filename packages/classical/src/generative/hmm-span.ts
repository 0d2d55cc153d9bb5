import type { Marginals } from "./hmm-marginals.js";
import { contextAt, type Observations, olderTag, type TagChain } from "./hmm-trellis.js";

/** A run of tokens, end exclusive, with the tag of each token of the sentence, and which tags would go on with it. */
export interface TagSpan {
  readonly start: number;
  readonly end: number;
  readonly tags: ArrayLike<number>;
  readonly goesOn: (tag: number) => boolean;
}

/** p(the tokens of the span have just these tags, and the next has none that goes on with them | tokens), from 0 to 1. */
export function spanProbability(chain: TagChain, seen: Observations, marginals: Marginals, span: TagSpan): number {
  const { at, forward, backward } = marginals;
  const { start, end, tags } = span;
  const columnsAt = (i: number): number => seen.offsets[i + 1] - seen.offsets[i];
  const columnOf = (i: number): number => seen.tags.subarray(seen.offsets[i], seen.offsets[i + 1]).indexOf(tags[i]);
  let column = columnOf(start);
  if (column < 0) return 0;
  const rows = (at[start + 1] - at[start]) / columnsAt(start);
  let along = Array.from({ length: rows }, (_, row) => ({
    row,
    p: forward[at[start] + row * columnsAt(start) + column],
  }));
  for (let i = start + 1; i < end; i++) {
    const next = columnOf(i);
    if (next < 0) return 0;
    const p = leaving(chain, seen, marginals, i - 1, along, tags[i - 1], next);
    along = [{ row: chain.order === 2 ? column : 0, p }];
    column = next;
  }
  const last = end - 1;
  let probability = 0;
  for (const { row, p } of along) probability += p * backward[at[last] + row * columnsAt(last) + column];
  for (let next = 0; end < seen.length && next < columnsAt(end); next++) {
    if (!span.goesOn(seen.tags[seen.offsets[end] + next])) continue;
    const state = at[end] + (chain.order === 2 ? column * columnsAt(end) : 0) + next;
    probability -= leaving(chain, seen, marginals, last, along, tags[last], next) * backward[state];
  }
  return Math.min(1, Math.max(0, probability));
}

/** The scaled forward probability that token `i` has the tag, by the rows given, and the next has its candidate `next`. */
function leaving(
  chain: TagChain,
  seen: Observations,
  { scales }: Marginals,
  i: number,
  along: readonly { readonly row: number; readonly p: number }[],
  tag: number,
  next: number,
): number {
  const candidate = seen.offsets[i + 1] + next;
  let sum = 0;
  for (const { row, p } of along) {
    sum += p * chain.probabilities[contextAt(chain, olderTag(chain, seen, i, row), tag) + seen.tags[candidate]];
  }
  return scales[i + 1] === 0 ? 0 : (sum * seen.probabilities[candidate]) / scales[i + 1];
}
