import { childOf, firstChildren, type NgramTable, nodeOf, startSymbol } from "./ngram-table.js";

/** Counted n-grams, opened for questions. */
export interface KneserNey {
  readonly order: number;
  readonly symbols: number;
  readonly ids: Uint32Array;
  readonly counts: Uint32Array;
  readonly firstChild: Uint32Array;
  /** Σ of the counts of each node's children. */
  readonly totals: Float64Array;
  readonly discounts: readonly number[];
  /** p(symbol) of every symbol with no context; 0 for the start. */
  readonly unigram: Float64Array;
}

/** Opens a table; as fast as reading its arrays once. */
export function openKneserNey({ symbols, ids, counts, children, discounts }: NgramTable): KneserNey {
  const firstChild = firstChildren(symbols, children);
  const totals = new Float64Array(children.length);
  for (let node = 0; node < children.length; node++) {
    for (let child = firstChild[node]; child < firstChild[node + 1]; child++) totals[node] += counts[child];
  }
  const unigram = unigramProbabilities(counts.subarray(0, symbols), discounts[0]);
  return { order: discounts.length, symbols, ids, counts, firstChild, totals, discounts, unigram };
}

function unigramProbabilities(counts: Uint32Array, discount: number): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const kinds = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  const spread = (total === 0 ? 1 : (discount * kinds) / total) / (counts.length - 1);
  const probabilities = Float64Array.from(counts, (count) => Math.max(count - discount, 0) / (total || 1) + spread);
  probabilities[startSymbol] = 0;
  return probabilities;
}

/**
 * p(symbol | history before `end`), interpolated Kneser-Ney (Chen & Goodman 1998, equation 22):
 * `p_k(w | h) = max(c(hw) − D_k, 0) / c(h•) + D_k · N₁₊(h•) / c(h•) · p_{k−1}(w | h without its first symbol)`,
 * ending in `1 / number of symbols that can be predicted`.
 */
export function probabilityOf(model: KneserNey, history: ArrayLike<number>, end: number, symbol: number): number {
  let probability = model.unigram[symbol];
  for (const context of contextsOf(model, history, end)) {
    probability *= backoffOf(model, context.node, context.discount);
    const child = childOf(model, context.node, symbol);
    if (child >= 0) probability += (model.counts[child] - context.discount) / model.totals[context.node];
  }
  return probability;
}

/** Writes p(symbol | history before `end`) of every symbol into `out` (as many numbers as symbols). */
export function distributionOf(model: KneserNey, history: ArrayLike<number>, end: number, out: Float64Array): void {
  const contexts = contextsOf(model, history, end);
  let weight = 1;
  const weights = contexts.map(() => 1);
  for (let i = contexts.length - 1; i >= 0; i--) {
    weights[i] = weight;
    weight *= backoffOf(model, contexts[i].node, contexts[i].discount);
  }
  for (let symbol = 0; symbol < out.length; symbol++) out[symbol] = model.unigram[symbol] * weight;
  for (const [i, { node, discount }] of contexts.entries()) {
    const scale = weights[i] / model.totals[node];
    for (let child = model.firstChild[node]; child < model.firstChild[node + 1]; child++) {
      out[model.ids[child - model.symbols]] += (model.counts[child] - discount) * scale;
    }
  }
}

interface Context {
  readonly node: number;
  readonly discount: number;
}

/** The known contexts at the end of a history, shortest first; beyond one that was never seen no longer one was. */
function contextsOf(model: KneserNey, history: ArrayLike<number>, end: number): Context[] {
  const contexts: Context[] = [];
  for (let length = 1; length < model.order && length <= end; length++) {
    const node = nodeOf(model, history, end - length, end);
    if (node < 0 || model.totals[node] === 0) break;
    contexts.push({ node, discount: model.discounts[length] });
  }
  return contexts;
}

/** What the context leaves to shorter ones. */
function backoffOf({ firstChild, totals }: KneserNey, node: number, discount: number): number {
  return (discount * (firstChild[node + 1] - firstChild[node])) / totals[node];
}
