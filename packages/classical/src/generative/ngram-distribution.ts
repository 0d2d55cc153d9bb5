import type { NgramTable } from "./ngram-open-forest.js";
import { childOf, startSymbol } from "./ngram-tree.js";

/** Writes p(symbol | history) of every symbol into `out`, which has room for one number a symbol, and answers it. */
export type Distribution = (history: ArrayLike<number>, out: Float64Array) => Float64Array;

/**
 * The distribution of what follows a history of symbols, the start included; the start itself never does.
 * What a context holds is written over what shorter ones say, the shortest first.
 */
export function distributionOf(model: NgramTable): Distribution {
  const { symbols, firstChild } = model.tree;
  // Of all n-grams at the first draw: an exponential each time would take longer than all else.
  let probabilities: Float32Array | undefined;
  return (history, out) => {
    probabilities ??= probabilitiesOf(model);
    const contexts = contextsOf(model, history);
    let log = contexts.reduce((sum, context) => sum + model.backoffs[context], 0);
    let weight = 10 ** log;
    for (let symbol = 0; symbol < out.length; symbol++) out[symbol] = probabilities[symbol] * weight;
    for (const context of contexts) {
      log -= model.backoffs[context];
      weight = 10 ** log;
      for (let node = firstChild[context]; node < firstChild[context + 1]; node++)
        out[symbols[node]] = probabilities[node] * weight;
    }
    return out;
  };
}

function probabilitiesOf({ logProbabilities }: NgramTable): Float32Array {
  const probabilities = new Float32Array(logProbabilities.length);
  for (let node = 0; node < probabilities.length; node++) probabilities[node] = 10 ** logProbabilities[node];
  probabilities[startSymbol] = 0;
  return probabilities;
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
