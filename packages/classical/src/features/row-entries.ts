/** How many entries a chunk has; the last one may not be full. */
export const chunkLength = 2 ** 18;

/** Rows that come one at a time, kept as numbers in chunks, so that none is copied as they become many. */
export interface RowEntries {
  readonly ids: Int32Array[];
  /** Counts of the ids; empty where they are not asked for. */
  readonly counts: Uint32Array[];
  /** How many entries each row has. */
  lengths: Int32Array;
  rows: number;
  size: number;
}

export function rowEntries(): RowEntries {
  return { ids: [], counts: [], lengths: new Int32Array(1024), rows: 0, size: 0 };
}

/** Adds entries 0 to `length - 1` as a row. */
export function addRow(
  into: RowEntries,
  ids: Uint32Array,
  values: Float32Array,
  length: number,
  { withCounts }: { readonly withCounts: boolean },
): void {
  if (into.rows === into.lengths.length) {
    const lengths = new Int32Array(2 * into.rows);
    lengths.set(into.lengths);
    into.lengths = lengths;
  }
  into.lengths[into.rows++] = length;
  for (let k = 0; k < length; ) {
    const at = into.size % chunkLength;
    if (at === 0) {
      into.ids.push(new Int32Array(chunkLength));
      if (withCounts) into.counts.push(new Uint32Array(chunkLength));
    }
    const end = Math.min(length, k + chunkLength - at);
    const chunk = into.ids[into.ids.length - 1];
    const counts = into.counts[into.counts.length - 1];
    into.size += end - k;
    // Rows are short: a call that copies would take longer.
    for (let to = at; k < end; k++, to++) {
      chunk[to] = ids[k];
      if (withCounts) counts[to] = values[k];
    }
  }
}

/** How many rows have each id, below that number. */
export function rowsWith({ ids, size }: RowEntries, below: number): Int32Array {
  const rows = new Int32Array(below);
  for (const [chunk, each] of ids.entries()) {
    const length = Math.min(chunkLength, size - chunk * chunkLength);
    for (let k = 0; k < length; k++) rows[each[k]]++;
  }
  return rows;
}
