import type { BackoffNgrams } from "./ngram-backoff.js";
import { type Discounts, modifiedDiscounts } from "./ngram-discounts.js";
import { keepNgrams } from "./ngram-pruning.js";
import type { NgramTally } from "./ngram-tally.js";
import { startSymbol } from "./ngram-tree.js";

/** The discounts of each length, 1-grams first. */
export function discountsOf({ tree: { levels }, counts }: Pick<NgramTally, "tree" | "counts">): Discounts[] {
  return Array.from({ length: levels.length - 1 }, (_, k) => {
    const having = new Uint32Array(5);
    for (let node = levels[k]; node < levels[k + 1]; node++) if (counts[node] <= 4) having[counts[node]]++;
    return modifiedDiscounts(having);
  });
}

/**
 * Interpolated modified Kneser-Ney (Chen & Goodman 1998, section 4.1.6), with KenLM's conventions:
 * `p(w | h) = (c(hw) − D(c(hw))) / c(h•) + γ(h) · p(w | h without its first symbol)`, where `γ(h) = Σ_w D(c(hw)) / c(h•)`;
 * 1-grams are interpolated with `1 / (symbols − 1)`, the start being nothing that can follow.
 *
 * N-grams that were seen as often as `cutoffs` says, or less, are left out: discounts are of all, and what is left out
 * goes to γ whole, as by KenLM's `--prune`.
 * @param cutoffs by length, 1-grams first and never cut, each at least the one before; default: none is left out
 */
export function estimateNgrams(tally: NgramTally, cutoffs?: readonly number[]): BackoffNgrams {
  const { tree, counts, suffixes } = tally;
  const { levels, firstChild } = tree;
  const kept = cutoffs && seenMoreThan(tally, cutoffs);
  const probabilities = new Float64Array(counts.length);
  const backoffs = new Float32Array(levels[levels.length - 2]);
  /** Shares the mass of a context among its n-grams, and gives log₁₀ of what is left to shorter ones. */
  const share = (from: number, to: number, takenOf: Float64Array, uniform?: number): number => {
    let total = 0;
    let left = 0;
    for (let node = from; node < to; node++) {
      const count = counts[node];
      total += count;
      left += kept?.[node] === 0 ? count : takenOf[Math.min(count, 3)];
    }
    if (total === 0) return 0;
    for (let node = from; node < to; node++) {
      const lower = uniform ?? probabilities[suffixes[node]];
      probabilities[node] = (counts[node] - takenOf[Math.min(counts[node], 3)] + left * lower) / total;
    }
    return Math.log10(left / total);
  };
  const taken = discountsOf(tally).map((discounts) => Float64Array.of(0, ...discounts));
  probabilities.fill(1 / (levels[1] - 1), 0, levels[1]);
  share(0, levels[1], taken[0], probabilities[0]);
  for (let k = 1; k < levels.length - 1; k++) {
    for (let node = levels[k - 1]; node < levels[k]; node++)
      backoffs[node] = share(firstChild[node], firstChild[node + 1], taken[k]);
  }
  const logProbabilities = new Float32Array(probabilities.length);
  for (let node = 0; node < probabilities.length; node++) logProbabilities[node] = Math.log10(probabilities[node]);
  // Never predicted; what stands here is KenLM's.
  logProbabilities[startSymbol] = 0;
  const model = { tree, logProbabilities, backoffs, suffixes };
  return kept === undefined ? model : keepNgrams(model, kept);
}

function seenMoreThan({ tree: { levels }, occurrences }: NgramTally, cutoffs: readonly number[]): Uint8Array {
  const kept = new Uint8Array(occurrences.length).fill(1, 0, levels[1]);
  for (let k = 1; k < levels.length - 1; k++) {
    const cutoff = cutoffs[Math.min(k, cutoffs.length - 1)] ?? 0;
    for (let node = levels[k]; node < levels[k + 1]; node++) kept[node] = Number(occurrences[node] > cutoff);
  }
  return kept;
}
