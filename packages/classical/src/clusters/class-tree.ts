import { type ClassBigrams, timesLog } from "./class-bigrams.js";

/** Two classes become one; it goes by the smaller number. */
export interface Merge {
  readonly into: number;
  readonly from: number;
}

/**
 * Merges classes two by two until one is left: always the two whose merger loses least mutual information (Brown et al.
 * 1992, section 3), the first of equals. The last `fixed` classes stay as they are. O(classes³): what each merger would
 * lose is kept, and mended for the one class that changed.
 */
export function mergeClasses(bigrams: ClassBigrams, fixed: number): Merge[] {
  const { classes: width } = bigrams;
  const counts = bigrams.counts.slice();
  const totals = bigrams.totals.slice();
  const alive = Array.from({ length: width }, (_, i) => i);
  const losses = new Float64Array(width * width);

  /** What of the loss of merging `a` and `b` comes from their meeting `other`. */
  function part(a: number, b: number, other: number): number {
    const [after, afterToo] = [counts[a * width + other], counts[b * width + other]];
    const [before, beforeToo] = [counts[other * width + a], counts[other * width + b]];
    return joined(after, afterToo) + joined(before, beforeToo);
  }

  function lossOf(a: number, b: number): number {
    const within = [counts[a * width + a], counts[a * width + b], counts[b * width + a], counts[b * width + b]];
    let loss = -timesLog(within[0] + within[1] + within[2] + within[3]) - 2 * joined(totals[a], totals[b]);
    for (const each of within) loss += timesLog(each);
    for (const other of alive) if (other !== a && other !== b) loss += part(a, b, other);
    return loss;
  }

  function cheapest(mergeable: readonly number[]): Merge {
    let [into, from] = mergeable;
    for (const [i, a] of mergeable.entries())
      for (const b of mergeable.slice(i + 1))
        if (losses[a * width + b] < losses[into * width + from]) [into, from] = [a, b];
    return { into, from };
  }

  /** Takes from the losses what comes from the class, or gives it. */
  function mend(mergeable: readonly number[], other: number, sign: 1 | -1): void {
    for (const [i, a] of mergeable.entries())
      for (let j = i + 1; j < mergeable.length; j++)
        losses[a * width + mergeable[j]] += sign * part(a, mergeable[j], other);
  }

  function join({ into, from }: Merge): void {
    for (const other of alive) counts[into * width + other] += counts[from * width + other];
    for (const other of alive) counts[other * width + into] += counts[other * width + from];
    totals[into] += totals[from];
    alive.splice(alive.indexOf(from), 1);
  }

  let mergeable = alive.slice(0, width - fixed);
  for (const [i, a] of mergeable.entries())
    for (const b of mergeable.slice(i + 1)) losses[a * width + b] = lossOf(a, b);
  const merges: Merge[] = [];
  while (mergeable.length > 1) {
    const merge = cheapest(mergeable);
    const others = mergeable.filter((each) => each !== merge.into && each !== merge.from);
    mend(others, merge.into, -1);
    mend(others, merge.from, -1);
    join(merge);
    mend(others, merge.into, 1);
    for (const other of others)
      losses[Math.min(other, merge.into) * width + Math.max(other, merge.into)] = lossOf(other, merge.into);
    mergeable = mergeable.filter((each) => each !== merge.from);
    merges.push(merge);
  }
  return merges;
}

/** f(a) + f(b) − f(a + b). */
function joined(a: number, b: number): number {
  return timesLog(a) + timesLog(b) - timesLog(a + b);
}

/** The way to each class from the last merger, in which all are one: "0" for the side that it goes by, "1" for the other. */
export function pathsOf(merges: readonly Merge[], classes: number): string[] {
  const paths = new Array<string>(classes).fill("");
  for (const { into, from } of merges.toReversed()) {
    paths[from] = `${paths[into]}1`;
    paths[into] = `${paths[into]}0`;
  }
  return paths;
}
