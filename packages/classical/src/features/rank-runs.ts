import { radixSort } from "./radix-sort.js";

/** Runs of units, be they of UTF-16 or bytes, one after the other: run `i` from `starts[i]` to `starts[i + 1]`. */
export interface Runs {
  readonly units: Uint16Array | Uint8Array;
  readonly starts: Int32Array;
  readonly size: number;
}

/** The numbers of the runs in ascending order of their units. */
export function inOrder({ units, starts, size }: Runs): Int32Array {
  const prefixes = new Int32Array(size);
  let order: Int32Array = new Int32Array(size).map((_, run) => run);
  // By the fourth unit, then the third, …: what is left to compare are runs that begin with the same four.
  for (let k = 3; k >= 0; k--) {
    for (let run = 0; run < size; run++) {
      const at = starts[run] + k;
      prefixes[run] = at < starts[run + 1] ? units[at] + 1 : 0;
    }
    order = radixSort(order, prefixes);
  }
  const compare = (a: number, b: number): number => {
    const [aEnd, bEnd] = [starts[a + 1], starts[b + 1]];
    let [i, j] = [starts[a], starts[b]];
    while (i < aEnd && j < bEnd && units[i] === units[j]) {
      i++;
      j++;
    }
    if (i < aEnd && j < bEnd) return units[i] - units[j];
    return aEnd - i - (bEnd - j);
  };
  const isAlike = (a: number, b: number): boolean => {
    for (let k = 0; k < 4; k++) {
      const [i, j] = [starts[a] + k, starts[b] + k];
      if (i >= starts[a + 1] || j >= starts[b + 1] || units[i] !== units[j]) return false;
    }
    return true;
  };
  for (let start = 0; start < size; ) {
    let end = start + 1;
    while (end < size && isAlike(order[start], order[end])) end++;
    if (end - start > 1) order.subarray(start, end).sort(compare);
    start = end;
  }
  return order;
}

/** The place of each run in that order. */
export function ranksOf(runs: Runs): Int32Array {
  const order = inOrder(runs);
  const ranks = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) ranks[order[i]] = i;
  return ranks;
}
