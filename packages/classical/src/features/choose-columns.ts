import { radixSort } from "./radix-sort.js";
import { ranksOf } from "./rank-runs.js";
import { characterRoot } from "./term-trie.js";
import type { TextLearning } from "./text-features.js";
import type { TokenTable } from "./token-table.js";
import type { Vocabulary } from "./vocabulary.js";

/**
 * The nodes that become columns, by in how many texts each stands, the most first. Ties go to words before runs of
 * characters, then to shorter runs, then to code units: neither the order of the texts nor of their words matters.
 */
export function chooseColumns(
  vocabulary: Vocabulary,
  documents: Int32Array,
  { minimumDocuments, maximumFeatures }: Pick<TextLearning, "minimumDocuments" | "maximumFeatures">,
): Int32Array {
  const least = Math.max(1, minimumDocuments);
  const named = byName(vocabulary, documents, least);
  let most = 0;
  for (let node = 0; node < documents.length; node++) most = Math.max(most, documents[node]);
  const rarity = new Int32Array(documents.length);
  for (let node = 0; node < documents.length; node++) rarity[node] = most - documents[node];
  return radixSort(named, rarity).subarray(0, maximumFeatures);
}

/** The chosen nodes, then those beginnings of them that were not chosen: what a vocabulary of them consists of. */
export function withBeginnings({ nodes, size }: Vocabulary["trie"], chosen: Int32Array): Int32Array {
  if (chosen.length === size) return chosen;
  const isIn = new Uint8Array(size);
  for (const node of chosen) isIn[node] = 1;
  const beginnings: number[] = [];
  for (const node of chosen) {
    for (let at = nodes[2 * node]; at >= 0 && isIn[at] === 0; at = nodes[2 * at]) {
      isIn[at] = 1;
      beginnings.push(at);
    }
  }
  const all = new Int32Array(chosen.length + beginnings.length);
  all.set(chosen);
  all.set(beginnings, chosen.length);
  return all;
}

/** Runs of one character count as deep as this: behind words of any number. */
const characterDepth = 64;

/** The nodes in enough texts, words before runs of characters, the shorter before the longer, then by code units. */
function byName({ tokens, trie }: Vocabulary, documents: Int32Array, least: number): Int32Array {
  const { nodes, size } = trie;
  const depth = depthsOf(nodes, size);
  const symbolRank = symbolRanks(tokens, nodes, depth);
  const rank = new Int32Array(size);
  const parentRank = new Int32Array(size);
  const named = new Int32Array(size);
  let ranked = 0;
  let kept = 0;
  for (const level of levelsOf(depth)) {
    for (let k = 0; k < level.length; k++) {
      const parent = nodes[2 * level[k]];
      parentRank[level[k]] = parent < 0 ? 0 : rank[parent];
    }
    const sorted = radixSort(radixSort(level, symbolRank), parentRank);
    for (let k = 0; k < sorted.length; k++) {
      const node = sorted[k];
      rank[node] = ranked++;
      named[kept] = node;
      kept += Number(documents[node] >= least);
    }
  }
  return named.subarray(0, kept);
}

/** How many symbols each node has, and `characterDepth` more where they are characters. */
function depthsOf(nodes: Int32Array, size: number): Int32Array {
  const depth = new Int32Array(size);
  for (let node = 0; node < size; node++) {
    const parent = nodes[2 * node];
    depth[node] = parent >= 0 ? depth[parent] + 1 : parent === characterRoot ? characterDepth + 1 : 1;
  }
  return depth;
}

/** What orders the last symbols of nodes: code points as they are, tokens by their rank. */
function symbolRanks(tokens: TokenTable, nodes: Int32Array, depth: Int32Array): Int32Array {
  const tokenRank = ranksOf(tokens);
  const ranks = new Int32Array(depth.length);
  for (let node = 0; node < ranks.length; node++) {
    const symbol = nodes[2 * node + 1];
    ranks[node] = depth[node] > characterDepth ? symbol : tokenRank[symbol];
  }
  return ranks;
}

/** The nodes of each depth, the least deep first. */
function* levelsOf(depth: Int32Array): Generator<Int32Array> {
  const all = new Int32Array(depth.length);
  for (let node = 0; node < all.length; node++) all[node] = node;
  const nodes = radixSort(all, depth);
  for (let start = 0; start < nodes.length; ) {
    let end = start;
    while (end < nodes.length && depth[nodes[end]] === depth[nodes[start]]) end++;
    yield nodes.subarray(start, end);
    start = end;
  }
}
