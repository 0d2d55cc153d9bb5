export interface TuningBounds {
  /** Tokens of a batch, at least and at most. */
  readonly least: number;
  readonly most: number;
  /** Tries no more once so much time has gone by. */
  readonly forMs: number;
  /** How many tokens the rows have that are tried. Short ones would hide what a long row gains by another beside it. */
  readonly rowLength: number;
}

/** Larger batches must be so much faster a token to be worth the wait for the others in them. */
const worthwhile = 0.97;

/** A batch that is through so soon keeps nobody waiting, whatever its size. */
const briefMs = 100;

/**
 * How many tokens a batch should have on this machine: the fewest with which a token is hardly slower than with any other
 * number tried, or the most of a brief batch. One try that was disturbed is passed over, not taken for the limit.
 * @param compute a batch of so many rows of so many tokens
 * @param now milliseconds
 */
export async function tuneBudget(
  compute: (rows: number, length: number) => Promise<unknown>,
  { least, most, forMs, rowLength }: TuningBounds,
  now: () => number = () => performance.now(),
): Promise<number> {
  const began = now();
  const millisecondsATokenOf = async (tokens: number): Promise<number> => {
    const start = now();
    const rows = Math.max(1, Math.round(tokens / rowLength));
    await compute(rows, rowLength);
    return (now() - start) / (rows * rowLength);
  };
  // The first run of a network plans its memory.
  await millisecondsATokenOf(least);
  const tried = [{ tokens: least, ms: await millisecondsATokenOf(least) }];
  for (let tokens = 2 * least; tokens <= most && now() - began < forMs; tokens *= 2)
    tried.push({ tokens, ms: await millisecondsATokenOf(tokens) });
  const fastest = Math.min(...tried.map(({ ms }) => ms));
  const fast = tried.find(({ ms }) => worthwhile * ms <= fastest)?.tokens ?? least;
  const brief = tried.findLast(({ tokens, ms }) => tokens * ms <= briefMs)?.tokens ?? least;
  return Math.max(fast, brief);
}
