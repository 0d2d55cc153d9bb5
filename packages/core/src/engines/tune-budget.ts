export interface TuningBounds {
  /** Tokens of a batch, at least and at most. */
  readonly least: number;
  readonly most: number;
  /** Tries no more once so much time has gone by. */
  readonly forMs: number;
}

/** How long the rows are that are tried: a sentence or two. */
const rowLength = 32;

/** Larger batches must be so much faster a token to be worth the wait for the others in them. */
const worthwhile = 0.97;

/**
 * How many tokens a batch should have on this machine: the fewest from which on a larger one is hardly faster a token.
 * @param compute a batch of so many rows of so many tokens
 * @param now milliseconds
 */
export async function tuneBudget(
  compute: (rows: number, length: number) => Promise<unknown>,
  { least, most, forMs }: TuningBounds,
  now: () => number = () => performance.now(),
): Promise<number> {
  const began = now();
  const secondsATokenOf = async (tokens: number): Promise<number> => {
    const start = now();
    await compute(Math.max(1, Math.round(tokens / rowLength)), rowLength);
    return (now() - start) / tokens;
  };
  // The first run of a network plans its memory.
  await secondsATokenOf(least);
  let best = least;
  let fastest = await secondsATokenOf(least);
  for (let tokens = 2 * least; tokens <= most && now() - began < forMs; tokens *= 2) {
    const found = await secondsATokenOf(tokens);
    if (found > worthwhile * fastest) break;
    [best, fastest] = [tokens, found];
  }
  return best;
}
