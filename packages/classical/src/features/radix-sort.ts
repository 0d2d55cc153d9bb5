/** Sorts entries by their key, the smallest first; entries of the same key stay in their order. Keys are not negative. Linear time. */
export function radixSort(entries: Int32Array, keyOf: Int32Array): Int32Array {
  let largest = 0;
  // Keys move with their entries: looked up anew in each pass, they would be all over memory.
  let from = new Int32Array(2 * entries.length);
  for (let i = 0; i < entries.length; i++) {
    const key = keyOf[entries[i]];
    if (key > largest) largest = key;
    from[2 * i] = entries[i];
    from[2 * i + 1] = key;
  }
  let into = new Int32Array(from.length);
  for (let shift = 0; shift < 32 && largest >>> shift > 0; shift += digitBits) {
    const ends = new Int32Array(2 ** digitBits + 1);
    for (let i = 1; i < from.length; i += 2) ends[((from[i] >>> shift) & digitMask) + 1]++;
    for (let digit = 0; digit < digitMask; digit++) ends[digit + 1] += ends[digit];
    for (let i = 0; i < from.length; i += 2) {
      const at = 2 * ends[(from[i + 1] >>> shift) & digitMask]++;
      into[at] = from[i];
      into[at + 1] = from[i + 1];
    }
    [from, into] = [into, from];
  }
  const sorted = new Int32Array(entries.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = from[2 * i];
  return sorted;
}

const digitBits = 11;
const digitMask = 2 ** digitBits - 1;
