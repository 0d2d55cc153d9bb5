/** How large a batch may grow. */
export interface BatchLimits {
  readonly rows: number;
  /** Rows times the longest of them: what is computed, padding included. */
  readonly tokens: number;
}

/**
 * Indices of rows, those of like length together, so that little is padded. Every row is in one batch, whatever its length.
 * @example batchesByLength([5, 900, 6], { rows: 2, tokens: 1000 }) // [[0, 2], [1]]
 */
export function batchesByLength(lengths: readonly number[], limits: BatchLimits): number[][] {
  const order = Array.from(lengths.keys()).sort((a, b) => (lengths[a] as number) - (lengths[b] as number));
  const batches: number[][] = [];
  for (const row of order) {
    const batch = batches.at(-1);
    const fits = batch && batch.length < limits.rows && (batch.length + 1) * (lengths[row] as number) <= limits.tokens;
    if (fits) batch.push(row);
    else batches.push([row]);
  }
  return batches;
}
