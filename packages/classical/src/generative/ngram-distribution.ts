import type { NgramTable } from "./ngram-open-forest.js";
import { childOf, startSymbol } from "./ngram-tree.js";

/** Writes p(symbol | history) of every symbol into `out`, which has room for one number a symbol, and answers it. */
export type Distribution = (history: ArrayLike<number>, out: Float64Array) => Float64Array;

/**
 * The distribution of what follows a history of symbols, the start included; the start itself never does.
 * What a context holds is written over what shorter ones say, the shortest first.
 */
export function distributionOf(model: NgramTable): Distribution {
  const { tree, logProbabilities, backoffs } = model;
  const { symbols, firstChild, levels } = tree;
  const unigrams = Float64Array.from(logProbabilities.subarray(0, levels[1]), (log) => 10 ** log);
  unigrams[startSymbol] = 0;
  return (history, out) => {
    const contexts = contextsOf(model, history);
    let log = contexts.reduce((sum, context) => sum + backoffs[context], 0);
    const weight = 10 ** log;
    for (let symbol = 0; symbol < out.length; symbol++) out[symbol] = unigrams[symbol] * weight;
    for (const context of contexts) {
      log -= backoffs[context];
      for (let node = firstChild[context]; node < firstChild[context + 1]; node++)
        out[symbols[node]] = 10 ** (log + logProbabilities[node]);
    }
    return out;
  };
}

/** The known contexts at the end of a history, shortest first; beyond one that is not known may be others in a pruned model. */
function contextsOf({ tree }: NgramTable, history: ArrayLike<number>): number[] {
  const longest = Math.min(tree.levels.length - 2, history.length);
  const contexts: number[] = [];
  for (let length = 1; length <= longest; length++) {
    const from = history.length - length;
    let node = history[from];
    for (let i = from + 1; i < history.length && node >= 0; i++) node = childOf(tree, node, history[i]);
    if (node >= 0) contexts.push(node);
  }
  return contexts;
}
