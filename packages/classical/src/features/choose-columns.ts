import type { NamedNodes } from "./named-nodes.js";
import type { RadixSort } from "./radix-sort.js";
import type { TextLearning } from "./text-features.js";
import type { Vocabulary } from "./vocabulary.js";

/**
 * The nodes that become columns, by in how many texts each stands, the most first. Ties go to words before runs of
 * characters, then to shorter runs, then to code points: neither the order of the texts nor of their words matters.
 */
export function chooseColumns(
  { nodes }: NamedNodes,
  documents: Int32Array,
  { minimumDocuments, maximumFeatures }: Pick<TextLearning, "minimumDocuments" | "maximumFeatures">,
  sort: RadixSort,
): Int32Array {
  const least = Math.max(1, minimumDocuments);
  let most = 0;
  for (let node = 0; node < documents.length; node++) most = Math.max(most, documents[node]);
  const rarity = new Int32Array(documents.length);
  const frequent = new Int32Array(nodes.length);
  let length = 0;
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place];
    rarity[node] = most - documents[node];
    frequent[length] = node;
    length += Number(documents[node] >= least);
  }
  return sort(frequent.subarray(0, length), rarity).subarray(0, maximumFeatures);
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
