/** Rows of numbers outside the heap, however many they are. */
export interface GrowingRows<Name extends string> {
  readonly length: number;
  add(row: Readonly<Record<Name, number>>): void;
  /** The numbers of each column, as views of what was added so far. */
  columns(): Readonly<Record<Name, Float64Array>>;
}

/** An empty table with these columns. */
export function growingRows<Name extends string>(names: readonly Name[]): GrowingRows<Name> {
  let capacity = 1024;
  let length = 0;
  const buffers = names.map((name) => ({ name, numbers: new Float64Array(capacity) }));
  return {
    get length() {
      return length;
    },
    add(row) {
      if (length === capacity) {
        capacity *= 2;
        for (const buffer of buffers) buffer.numbers = roomier(buffer.numbers, capacity);
      }
      for (const { name, numbers } of buffers) numbers[length] = row[name];
      length++;
    },
    columns() {
      const columns = buffers.map(({ name, numbers }) => [name, numbers.subarray(0, length)]);
      return Object.fromEntries(columns) as Readonly<Record<Name, Float64Array>>;
    },
  };
}

function roomier(numbers: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(numbers);
  return larger;
}
