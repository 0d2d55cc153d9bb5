import { absent } from "./hash-slots.js";

/** Numbers as they lie in a file: one after the other, little-endian, each in `width` bytes. */
export interface PackedNumbers {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly width: number;
  readonly length: number;
}

/** How many bytes hold any whole number from 0 to the largest, below 2^32. */
export function widthOf(largest: number): number {
  return largest < 2 ** 8 ? 1 : largest < 2 ** 16 ? 2 : largest < 2 ** 24 ? 3 : 4;
}

/** Writes numbers of that width, and gives where they end. */
export function putNumbers(bytes: Uint8Array, start: number, numbers: Int32Array | Uint8Array, width: number): number {
  let at = start;
  for (let i = 0; i < numbers.length; i++)
    for (let shift = 0; shift < 8 * width; shift += 8) bytes[at++] = numbers[i] >>> shift;
  return at;
}

/** Number `i`. Where there is none, some number all the same. */
export function numberAt({ bytes, start, width }: PackedNumbers, i: number): number {
  const at = start + i * width;
  let number = 0;
  for (let k = 0; k < width; k++) number |= bytes[at + k] << (8 * k);
  return number >>> 0;
}

/** The place from `first` to `end - 1`, between which numbers ascend, where that number stands, or `absent`. */
export function findNumber(packed: PackedNumbers, number: number, first: number, end: number): number {
  let low = first;
  for (let beyond = end; low < beyond; ) {
    const middle = (low + beyond) >>> 1;
    if (numberAt(packed, middle) < number) low = middle + 1;
    else beyond = middle;
  }
  return low < end && numberAt(packed, low) === number ? low : absent;
}
