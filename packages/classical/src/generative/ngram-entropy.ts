import type { BackoffNgrams } from "./ngram-backoff.js";
import { keepNgrams } from "./ngram-pruning.js";
import { childOf, endSymbol, startSymbol } from "./ngram-tree.js";

/** Below this, what a context leaves to shorter ones is rounding. */
const nothing = 1e-9;

/** A model as probabilities and weights of backoff, of which some n-grams are kept. */
interface Linear extends Pick<BackoffNgrams, "tree" | "suffixes"> {
  readonly probabilities: Float64Array;
  readonly weights: Float64Array;
  readonly kept: Uint8Array;
}

/**
 * Leaves out every n-gram without which the perplexity of the model's own text grows by less than a share of `threshold`
 * (Stolcke 1998, Entropy-based pruning of backoff language models, equations 3 to 5), longest n-grams first, and lets what
 * is left of each context add up to 1 again.
 * @param threshold above 0; 1e-8 to 1e-6 are usual
 */
export function pruneByEntropy<M extends BackoffNgrams>(model: M, threshold: number): M {
  const { tree, suffixes, logProbabilities, backoffs } = model;
  const { levels, firstChild } = tree;
  const linear: Linear = {
    tree,
    suffixes,
    probabilities: Float64Array.from(logProbabilities, (log) => 10 ** log),
    weights: Float64Array.from(backoffs, (log) => 10 ** log),
    kept: new Uint8Array(logProbabilities.length).fill(1),
  };
  const shares = sharesOf(linear);
  for (let k = levels.length - 2; k > 0; k--) {
    for (let context = levels[k - 1]; context < levels[k]; context++) {
      if (firstChild[context + 1] > firstChild[context]) pruneContext(linear, context, shares[context], threshold);
    }
  }
  for (let context = 0; context < linear.weights.length; context++) linear.weights[context] = weightOf(linear, context);
  return keepNgrams({ ...model, backoffs: Float32Array.from(linear.weights, Math.log10) }, linear.kept);
}

/** How often each n-gram is met in the model's own text, as a share; the start as often as the end. */
function sharesOf({ tree: { firstChild }, probabilities, weights }: Linear): Float64Array {
  const shares = probabilities.slice();
  shares[startSymbol] = shares[endSymbol];
  for (let context = 0; context < weights.length; context++) {
    for (let node = firstChild[context]; node < firstChild[context + 1]; node++) shares[node] *= shares[context];
  }
  return shares;
}

/** Each n-gram is judged as if the others stayed; one that begins longer ones which are kept is kept. */
function pruneContext(linear: Linear, context: number, share: number, threshold: number): void {
  const { tree, probabilities, weights, kept } = linear;
  const { symbols, firstChild } = tree;
  const [from, to] = [firstChild[context], firstChild[context + 1]];
  const lower = new Float64Array(to - from);
  let leftBelow = 1;
  for (let node = from; node < to; node++) {
    lower[node - from] = probabilityBelow(linear, context, symbols[node]);
    leftBelow -= lower[node - from];
  }
  if (leftBelow < nothing) return;
  const left = weights[context] * leftBelow;
  for (let node = from; node < to; node++) {
    if (hasKeptChild(linear, node)) continue;
    const [own, below] = [probabilities[node], lower[node - from]];
    const weight = (left + own) / (leftBelow + below);
    const lost = own * Math.log((below * weight) / own) + left * Math.log(weight / weights[context]);
    if (Math.expm1(-share * lost) < threshold) kept[node] = 0;
  }
}

function hasKeptChild({ tree: { firstChild }, kept }: Linear, node: number): boolean {
  if (node + 1 >= firstChild.length) return false;
  return kept.subarray(firstChild[node], firstChild[node + 1]).includes(1);
}

/** p(symbol | the context without its first symbol), by what is kept. */
function probabilityBelow(linear: Linear, context: number, symbol: number): number {
  const { tree, suffixes, probabilities, weights, kept } = linear;
  let weight = 1;
  for (let below = context; below >= tree.levels[1]; ) {
    below = suffixes[below];
    if (kept[below] === 0) continue;
    const node = childOf(tree, below, symbol);
    if (node >= 0 && kept[node] === 1) return weight * probabilities[node];
    weight *= weights[below];
  }
  return weight * probabilities[symbol];
}

/** What a context leaves to shorter ones, such that all that may follow it adds up to 1. */
function weightOf(linear: Linear, context: number): number {
  const { tree, probabilities, weights, kept } = linear;
  const { symbols, firstChild } = tree;
  if (kept[context] === 0 || !hasKeptChild(linear, context)) return 1;
  let left = 1;
  let leftBelow = 1;
  for (let node = firstChild[context]; node < firstChild[context + 1]; node++) {
    if (kept[node] === 0) continue;
    left -= probabilities[node];
    leftBelow -= probabilityBelow(linear, context, symbols[node]);
  }
  return leftBelow < nothing || left < nothing ? weights[context] : left / leftBelow;
}
