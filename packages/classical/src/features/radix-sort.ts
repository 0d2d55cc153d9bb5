const digitBits = 11;
const digits = 2 ** digitBits;

/** Sorts entries by their key, the smallest first; entries of the same key stay in their order. Keys are not negative. Linear time. */
export type RadixSort = (entries: Int32Array, keyOf: Int32Array) => Int32Array;

/** Sorts again and again in the same memory: the first touch of memory takes longer than the sort. */
export function radixSorter(): RadixSort {
  let rooms = [0, 1].map(() => new Int32Array());
  return (entries, keyOf) => {
    if (rooms[0].length < 2 * entries.length) rooms = [0, 1].map(() => new Int32Array(2 * entries.length));
    return sortIn(rooms, entries, keyOf);
  };
}

function sortIn(rooms: readonly Int32Array[], entries: Int32Array, keyOf: Int32Array): Int32Array {
  const { length } = entries;
  // Keys move with their entries: looked up anew in each pass, they would be all over memory.
  let [from, into] = rooms;
  const counts = new Int32Array(3 * digits);
  let bits = 0;
  for (let i = 0; i < length; i++) {
    const key = keyOf[entries[i]];
    from[2 * i] = entries[i];
    from[2 * i + 1] = key;
    bits |= key;
    counts[key & (digits - 1)]++;
    counts[digits + ((key >>> digitBits) & (digits - 1))]++;
    counts[2 * digits + (key >>> (2 * digitBits))]++;
  }
  const passes = Math.ceil((32 - Math.clz32(bits)) / digitBits);
  if (passes === 0) return entries.slice();
  for (let pass = 0; pass < passes - 1; pass++) {
    const next = startsOf(counts, pass);
    for (let i = 0; i < 2 * length; i += 2) {
      const at = 2 * next[(from[i + 1] >>> (pass * digitBits)) & (digits - 1)]++;
      into[at] = from[i];
      into[at + 1] = from[i + 1];
    }
    [from, into] = [into, from];
  }
  const next = startsOf(counts, passes - 1);
  const sorted = new Int32Array(length);
  for (let i = 0; i < 2 * length; i += 2) sorted[next[from[i + 1] >>> ((passes - 1) * digitBits)]++] = from[i];
  return sorted;
}

/** Where the entries of each digit begin in a pass. */
function startsOf(counts: Int32Array, pass: number): Int32Array {
  const starts = new Int32Array(digits);
  for (let digit = 1; digit < digits; digit++) starts[digit] = starts[digit - 1] + counts[pass * digits + digit - 1];
  return starts;
}
