/** Which tags may follow which, opened for questions. `boundary` is the start as context and the end as what follows. */
export interface TagChain {
  /** How many tags before it a tag depends on: 1 or 2. */
  readonly order: number;
  /** As many as there are tags. */
  readonly boundary: number;
  /** (tags + 1)^order × (tags + 1): p(next | tags before, the oldest first). */
  readonly probabilities: Float64Array;
  readonly logs: Float64Array;
}

export function openTagChain(order: number, tags: number, probabilities: Float64Array): TagChain {
  return { order, boundary: tags, probabilities, logs: probabilities.map(Math.log) };
}

/** A sentence as the chain sees it: the tags that each token may have, and p(token | tag) up to a factor a token. */
export interface Observations {
  readonly length: number;
  /** Where the candidates of each token begin; one more than tokens are in use. */
  readonly offsets: Uint32Array;
  /** The tag of each candidate. */
  readonly tags: Uint8Array;
  /** p(token | tag) of each candidate. */
  readonly probabilities: Float64Array;
}

/**
 * Where the states of each token begin, and after the last where they end. The state of a token is one of its candidates
 * (order 1), or a pair of a candidate of the token before and one of its own (order 2), which lie row by row.
 */
export function layOutStates(
  { order }: TagChain,
  { length, offsets }: Observations,
  used: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  const at = used.length > length ? used : new Uint32Array(2 * length + 2);
  at[0] = 0;
  for (let i = 0; i < length; i++) {
    const rows = order === 2 && i > 0 ? offsets[i] - offsets[i - 1] : 1;
    at[i + 1] = at[i] + rows * (offsets[i + 1] - offsets[i]);
  }
  return at;
}

/** The place of the first of the probabilities of what follows the tags; with order 1 the older one does not matter. */
export function contextAt({ order, boundary }: TagChain, older: number, tag: number): number {
  return (order === 2 ? older * (boundary + 1) + tag : tag) * (boundary + 1);
}

/** The tag before that of a state in the given row of token `i`. */
export function olderTag({ boundary }: TagChain, { offsets, tags }: Observations, i: number, row: number): number {
  return i === 0 ? boundary : tags[offsets[i - 1] + row];
}

/** The array, or a new one where it is too short; what it held is lost. */
export function roomFor(length: number, used: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return used.length >= length ? used : new Float64Array(2 * length);
}

/** log p(tokens, tags) of one sequence of tags, up to the factors of the observations. */
export function scoreOfPath(chain: TagChain, seen: Observations, path: ArrayLike<number>): number {
  const { boundary, logs } = chain;
  let score = 0;
  let [older, tag] = [boundary, boundary];
  for (let i = 0; i < seen.length; i++) {
    const column = seen.tags.subarray(seen.offsets[i], seen.offsets[i + 1]).indexOf(path[i]);
    if (column < 0) return Number.NEGATIVE_INFINITY;
    score += logs[contextAt(chain, older, tag) + path[i]] + Math.log(seen.probabilities[seen.offsets[i] + column]);
    [older, tag] = [tag, path[i]];
  }
  return score + logs[contextAt(chain, older, tag) + boundary];
}
