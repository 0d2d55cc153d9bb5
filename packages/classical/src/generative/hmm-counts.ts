/** How often tags followed each other: (tags + 1)³, the oldest first; the last is the start as context, the end as what follows. */
export type TagTriples = Float64Array;

/** Counts the tags of sentences, each with two starts before and one end after. */
export function countTriples(sentences: Iterable<ArrayLike<number>>, tags: number): TagTriples {
  const size = tags + 1;
  const triples = new Float64Array(size ** 3);
  for (const sentence of sentences) {
    let [older, tag] = [tags, tags];
    for (let i = 0; i <= sentence.length; i++) {
      const next = i < sentence.length ? sentence[i] : tags;
      triples[(older * size + tag) * size + next]++;
      [older, tag] = [tag, next];
    }
  }
  return triples;
}

/** Sums over the oldest of the three: size² numbers of size³. */
function withoutOldest(counts: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(counts.length / size);
  for (let i = 0; i < counts.length; i++) sums[i % sums.length] += counts[i];
  return sums;
}

/** What follows each context, in all. */
function contextTotals(counts: Float64Array, size: number): Float64Array {
  const totals = new Float64Array(counts.length / size);
  for (let i = 0; i < counts.length; i++) totals[Math.floor(i / size)] += counts[i];
  return totals;
}

/** A little of every next tag, so that none is impossible where the counts are few. */
const uniform = 1e-6;

/**
 * p(next | `order` tags before it), linear interpolation of orders 0 to `order` with weights by deleted interpolation
 * (Brants 2000, figure 1): each n-gram votes, as often as it was seen, for the order at which it is best told by the rest.
 * @param mayFollow whether a tag may follow another; what may not has probability 0, and the rest makes up for it
 */
export function interpolate(
  triples: TagTriples,
  tags: number,
  order: number,
  mayFollow: (tag: number, next: number) => boolean = () => true,
): Float64Array {
  const size = tags + 1;
  const counts = [triples];
  for (let left = 2; left >= 0; left--) counts.unshift(withoutOldest(counts[0], size));
  const grams = counts.slice(1, order + 2);
  const totals = grams.map((each) => contextTotals(each, size));
  const weights = deletedInterpolation(grams, totals, size);
  const highest = grams[order];
  const probabilities = new Float64Array(highest.length);
  for (let i = 0; i < highest.length; i++) {
    const next = i % size;
    if (!mayFollow(Math.floor(i / size) % size, next)) continue;
    let probability = uniform / size;
    for (let k = 0; k <= order; k++) {
      const at = i % grams[k].length;
      const total = totals[k][Math.floor(at / size)];
      if (total > 0) probability += (weights[k] * grams[k][at]) / total;
    }
    probabilities[i] = probability;
  }
  return scaledToOne(probabilities, size);
}

/** The weight of each order, which add up to 1. */
function deletedInterpolation(grams: readonly Float64Array[], totals: readonly Float64Array[], size: number): number[] {
  const votes = grams.map(() => 0);
  const highest = grams[grams.length - 1];
  for (let i = 0; i < highest.length; i++) {
    if (highest[i] === 0) continue;
    const told = grams.map((counts, k) => {
      const at = i % counts.length;
      const rest = totals[k][Math.floor(at / size)] - 1;
      return rest > 0 ? (counts[at] - 1) / rest : 0;
    });
    votes[told.lastIndexOf(Math.max(...told))] += highest[i];
  }
  const all = votes.reduce((sum, each) => sum + each, 0);
  return votes.map((each) => (all === 0 ? 1 / votes.length : each / all));
}

function scaledToOne(rows: Float64Array, columns: number): Float64Array {
  for (let row = 0; row < rows.length; row += columns) {
    let sum = 0;
    for (let i = row; i < row + columns; i++) sum += rows[i];
    for (let i = row; i < row + columns; i++) rows[i] /= sum;
  }
  return rows;
}
