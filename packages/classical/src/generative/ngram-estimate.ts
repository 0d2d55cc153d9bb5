import type { BackoffNgrams } from "./ngram-backoff.js";
import { type Discounts, modifiedDiscounts } from "./ngram-discounts.js";
import type { NgramTally } from "./ngram-tally.js";
import { sentenceStart } from "./ngram-tree.js";

/** The discounts of each order, unigrams first. */
export function discountsOf({ order, tree, counts }: NgramTally): Discounts[] {
  const having = Array.from({ length: order }, () => new Uint32Array(5));
  const { lengths } = tree;
  for (let node = 0; node < counts.length; node++) if (counts[node] <= 4) having[lengths[node] - 1][counts[node]]++;
  return having.map(modifiedDiscounts);
}

/**
 * Interpolated modified Kneser-Ney (Chen & Goodman 1998, section 4.1.6), with KenLM's conventions:
 * `p(w | h) = (c(hw) − D(c(hw))) / c(h•) + γ(h) · p(w | h without its first word)`, where `γ(h) = Σ_w D(c(hw)) / c(h•)`;
 * unigrams are interpolated with `1 / (words − 1)`, the start being no word that can follow.
 * @param words by symbol, `<unk>`, `<s>` and `</s>` first
 */
export function estimateNgrams(tally: NgramTally, words: readonly string[]): BackoffNgrams {
  const { order, tree, counts, suffixes } = tally;
  const { parents, lengths, size } = tree;
  const discounts = discountsOf(tally);
  const totals = new Float64Array(size + 1);
  const left = new Float64Array(size + 1);
  // The last entry is the empty context, that of unigrams.
  const contextOf = (node: number): number => (node < tree.words ? size : parents[node]);
  for (let node = 0; node < size; node++) {
    const context = contextOf(node);
    totals[context] += counts[node];
    left[context] += discountOf(discounts[lengths[node] - 1], counts[node]);
  }
  const uniform = 1 / (tree.words - 1);
  const probabilities = new Float64Array(size);
  for (let length = 1; length <= order; length++) {
    for (let node = 0; node < size; node++) {
      if (lengths[node] !== length) continue;
      const context = contextOf(node);
      const total = totals[context];
      const lower = length === 1 ? uniform : probabilities[suffixes[node]];
      const own = counts[node] - discountOf(discounts[length - 1], counts[node]);
      probabilities[node] = total === 0 ? lower : (own + left[context] * lower) / total;
    }
  }
  const backoffs = Float32Array.from({ length: size }, (_, node) =>
    totals[node] > 0 ? Math.log10(left[node] / totals[node]) : 0,
  );
  const logProbabilities = Float32Array.from(probabilities, Math.log10);
  // Never predicted; what stands here is KenLM's.
  logProbabilities[sentenceStart] = 0;
  return { order, words, tree, logProbabilities, backoffs, suffixes };
}

function discountOf(discounts: Discounts, count: number): number {
  return count === 0 ? 0 : discounts[Math.min(count, 3) - 1];
}
