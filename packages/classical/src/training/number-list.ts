/** Whole numbers from 0 to 2^32 - 1, outside the heap however many they are. */
export interface NumberList {
  add(number: number): void;
  /** Ascending, each once. */
  distinct(): Uint32Array;
}

export function numberList(): NumberList {
  let numbers = new Uint32Array(1024);
  let length = 0;
  return {
    add(number) {
      if (length === numbers.length) {
        const roomier = new Uint32Array(2 * length);
        roomier.set(numbers);
        numbers = roomier;
      }
      numbers[length++] = number;
    },
    distinct() {
      const sorted = numbers.slice(0, length).sort();
      let kept = 0;
      for (let i = 0; i < length; i++) if (i === 0 || sorted[i] !== sorted[kept - 1]) sorted[kept++] = sorted[i];
      return sorted.slice(0, kept);
    },
  };
}
