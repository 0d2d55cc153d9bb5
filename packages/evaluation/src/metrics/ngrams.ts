/** How often each run of `order` items stands in a list. `separator` must stand in none of them. */
export function countNgrams(items: readonly string[], order: number, separator = " "): Map<string, number> {
  const counts = new Map<string, number>();
  for (let end = order; end <= items.length; end++) {
    const ngram = items.slice(end - order, end).join(separator);
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** How many n-grams two counts have in common, each as often as the rarer of the two has it. */
export function overlap(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>): number {
  let common = 0;
  for (const [ngram, count] of first) common += Math.min(count, second.get(ngram) ?? 0);
  return common;
}

/** For each n-gram, the most that any of the counts has of it. */
export function mostOfEach(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const each of counts) for (const [ngram, count] of each) most.set(ngram, Math.max(count, most.get(ngram) ?? 0));
  return most;
}
