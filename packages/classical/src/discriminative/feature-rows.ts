/**
 * Adds up the weights of features that have one for every tag: `row[tag] += Σ weights[rows[at] + tag]`, for `at` from `first`
 * to `last - 1`. Four tags at a time, so that their sums stay out of memory.
 */
export function sumRows(
  weights: Float64Array,
  rows: Uint32Array,
  first: number,
  last: number,
  row: Float64Array,
): void {
  const tags = row.length;
  let tag = 0;
  for (; tag + 4 <= tags; tag += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = first; at < last; at++) {
      const from = rows[at] + tag;
      a += weights[from];
      b += weights[from + 1];
      c += weights[from + 2];
      d += weights[from + 3];
    }
    row[tag] += a;
    row[tag + 1] += b;
    row[tag + 2] += c;
    row[tag + 3] += d;
  }
  for (; tag < tags; tag++) {
    let sum = 0;
    for (let at = first; at < last; at++) sum += weights[rows[at] + tag];
    row[tag] += sum;
  }
}

/** Adds a row to those of features: `gradient[rows[at] + tag] += row[tag]`, for `at` from `first` to `last - 1`. */
export function addToRows(
  gradient: Float64Array,
  rows: Uint32Array,
  first: number,
  last: number,
  row: Float64Array,
): void {
  const tags = row.length;
  let tag = 0;
  for (; tag + 4 <= tags; tag += 4) {
    const [a, b, c, d] = [row[tag], row[tag + 1], row[tag + 2], row[tag + 3]];
    for (let at = first; at < last; at++) {
      const to = rows[at] + tag;
      gradient[to] += a;
      gradient[to + 1] += b;
      gradient[to + 2] += c;
      gradient[to + 3] += d;
    }
  }
  for (; tag < tags; tag++) {
    const value = row[tag];
    for (let at = first; at < last; at++) gradient[rows[at] + tag] += value;
  }
}
