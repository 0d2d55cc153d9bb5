/** Runs of bytes, one after the other: run `i` from `starts[i]` to `starts[i + 1]`. */
export interface Runs {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly size: number;
}

/** The numbers of the runs in ascending order of their bytes. */
export function inOrder(runs: Runs): Int32Array {
  const { bytes, starts, size } = runs;
  // The first four bytes over the run's number; numbers of 64 bits are sorted without a function to compare them.
  const keys = new BigUint64Array(size);
  const halves = new Uint32Array(keys.buffer);
  for (let run = 0; run < size; run++) {
    const start = starts[run];
    const end = starts[run + 1];
    let prefix = 0;
    for (let k = start; k < start + 4; k++) prefix = (prefix << 8) | (k < end ? bytes[k] : 0);
    halves[2 * run] = run;
    halves[2 * run + 1] = prefix;
  }
  keys.sort();
  const order = new Int32Array(size);
  for (let i = 0; i < size; i++) order[i] = halves[2 * i];
  for (let start = 0; start < size; ) {
    let end = start + 1;
    while (end < size && halves[2 * end + 1] === halves[2 * start + 1]) end++;
    sortWhole(runs, order.subarray(start, end));
    start = end;
  }
  return order;
}

const few = 16;

/** Sorts numbers of runs by all their bytes. */
function sortWhole(runs: Runs, order: Int32Array): void {
  if (order.length > few) order.sort((a, b) => compare(runs, a, b));
  else
    for (let i = 1; i < order.length; i++) {
      const run = order[i];
      let k = i;
      for (; k > 0 && compare(runs, order[k - 1], run) > 0; k--) order[k] = order[k - 1];
      order[k] = run;
    }
}

function compare({ bytes, starts }: Runs, a: number, b: number): number {
  const aEnd = starts[a + 1];
  const bEnd = starts[b + 1];
  let i = starts[a];
  let j = starts[b];
  while (i < aEnd && j < bEnd && bytes[i] === bytes[j]) {
    i++;
    j++;
  }
  if (i < aEnd && j < bEnd) return bytes[i] - bytes[j];
  return aEnd - i - (bEnd - j);
}
