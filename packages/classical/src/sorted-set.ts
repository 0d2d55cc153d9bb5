/** Ascending numbers as the set of them. Nothing is copied: a table of thousands takes longer to fill than a model to open. */
export function sortedSet(numbers: Uint32Array): ReadonlySet<number> {
  const set: ReadonlySet<number> = {
    size: numbers.length,
    has(number) {
      let first = 0;
      for (let beyond = numbers.length; first < beyond; ) {
        const middle = (first + beyond) >>> 1;
        if (numbers[middle] < number) first = middle + 1;
        else beyond = middle;
      }
      return numbers[first] === number;
    },
    forEach(visit, receiver) {
      for (const number of numbers) visit.call(receiver, number, number, set);
    },
    entries: () => new Set(numbers).entries(),
    keys: () => numbers.values(),
    values: () => numbers.values(),
    [Symbol.iterator]: () => numbers.values(),
  };
  return set;
}
