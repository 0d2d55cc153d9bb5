/** Numbers as codes below 2^bits, each the number of a bin; the bins of a row are as many numbers that stand for theirs. */
export interface BinnedNumbers {
  readonly codes: Uint16Array;
  /** rows × 2^bits */
  readonly bins: Float32Array;
}

/**
 * Puts the numbers of each row into at most 2^bits bins of equal width, and lets the mean of what is in a bin stand for it;
 * where there are no more different numbers than bins, nothing is lost. Of logarithms, a probability is then wrong by at
 * most the same share wherever it is: bins of equal numbers, as KenLM has, lose more of those that are rare and large.
 * @param rowOf the row of each number
 */
export function binNumbers(
  numbers: Float32Array,
  rowOf: Uint8Array,
  { rows, bits }: { readonly rows: number; readonly bits: number },
): BinnedNumbers {
  const size = 2 ** bits;
  const bins = new Float32Array(rows * size);
  const codes = new Uint16Array(numbers.length);
  for (let row = 0; row < rows; row++) {
    const own = numbers.filter((_, i) => rowOf[i] === row).sort();
    const { means, largest } = binsOf(own, size);
    bins.set(means, row * size);
    for (let i = 0; i < numbers.length; i++) if (rowOf[i] === row) codes[i] = binWith(largest, numbers[i]);
  }
  return { codes, bins };
}

/** The mean and the largest number of each bin in which there are any. */
function binsOf(sorted: Float32Array, size: number): { means: Float32Array; largest: Float32Array } {
  const distinct = distinctIn(sorted);
  if (distinct.length <= size) return { means: distinct, largest: distinct };
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  const binOf = (number: number): number => Math.min(size - 1, Math.floor(((number - first) / (last - first)) * size));
  const means: number[] = [];
  const largest: number[] = [];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const bin = binOf(sorted[from]);
    let sum = 0;
    for (to = from; to < sorted.length && binOf(sorted[to]) === bin; to++) sum += sorted[to];
    means.push(sum / (to - from));
    largest.push(sorted[to - 1]);
  }
  return { means: Float32Array.from(means), largest: Float32Array.from(largest) };
}

function distinctIn(sorted: Float32Array): Float32Array {
  return sorted.filter((each, i) => i === 0 || each !== sorted[i - 1]);
}

/** The first bin whose largest number is not below this one. */
function binWith(largest: Float32Array, number: number): number {
  let low = 0;
  for (let high = largest.length - 1; low < high; ) {
    const middle = (low + high) >>> 1;
    if (largest[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
