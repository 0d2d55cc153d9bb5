import type { BackoffNgrams } from "./ngram-backoff.js";
import { firstChildren } from "./ngram-tally.js";

/**
 * The model of some of its n-grams alone, with their probabilities and backoffs as they are.
 * @param kept by node, 1 or 0: 1-grams all are kept, and of every n-gram the one without its last symbol
 */
export function keepNgrams<M extends BackoffNgrams>(model: M, kept: Uint8Array): M {
  const { tree, logProbabilities, backoffs, suffixes } = model;
  const { levels, symbols, firstChild } = tree;
  const { nodes, numbers } = numberKept(kept);
  const lower = levels[levels.length - 2];
  const inner = nodes.subarray(0, numbers[lower]);
  const children = inner.map((node) => numbers[firstChild[node + 1]] - numbers[firstChild[node]]);
  return {
    ...model,
    tree: {
      levels: levels.map((node) => numbers[node]),
      symbols: nodes.map((node) => symbols[node]),
      firstChild: firstChildren(levels[1], children),
    },
    logProbabilities: Float32Array.from(nodes, (node) => logProbabilities[node]),
    backoffs: Float32Array.from(inner, (node) => backoffs[node]),
    suffixes: nodes.map((node) => numbers[keptSuffix(node, suffixes, kept)]),
  };
}

/** The old nodes by their new numbers, and how many are kept before each old one. */
function numberKept(kept: Uint8Array): { nodes: Uint32Array; numbers: Uint32Array } {
  const numbers = new Uint32Array(kept.length + 1);
  for (let node = 0; node < kept.length; node++) numbers[node + 1] = numbers[node] + kept[node];
  const nodes = new Uint32Array(numbers[kept.length]);
  for (let node = 0; node < kept.length; node++) if (kept[node] === 1) nodes[numbers[node]] = node;
  return { nodes, numbers };
}

function keptSuffix(node: number, suffixes: Uint32Array, kept: Uint8Array): number {
  let suffix = suffixes[node];
  while (kept[suffix] === 0) suffix = suffixes[suffix];
  return suffix;
}
