import { clusterKey } from "../clusters/cluster-key.js";
import type { WordClusters } from "../clusters/learn-clusters.js";
import { hashText } from "./token-features-hash.js";

/** Clusters as a model keeps them: of words only their hashes. */
export interface KnownClusters {
  /** Hashes of words as `clusterKey` writes them, ascending. */
  readonly clusterWords: Uint32Array;
  /** The number of each word's cluster. */
  readonly clusterOf: Uint16Array;
  /** Of each cluster its way from the root, as 0 and 1. */
  readonly clusterPaths: readonly string[];
}

/** Of each cluster so much of its way is read. */
export const clusterLengths = [4, 6, 10, 20] as const;

export function knownClusters({ words, clusterOf, paths }: WordClusters): KnownClusters {
  const hashed = new Map(words.map((word, i) => [hashText(word), clusterOf[i]]));
  const clusterWords = Uint32Array.from(hashed.keys()).sort();
  return {
    clusterWords,
    clusterOf: Uint16Array.from(clusterWords, (hash) => hashed.get(hash) ?? 0),
    clusterPaths: paths,
  };
}

/** Writes the hashes of the beginnings of a word's way, 0 for a word without a cluster. */
export type ReadCluster = (word: string, row: Uint32Array, at: number) => void;

export function clusterReader({ clusterWords, clusterOf, clusterPaths }: KnownClusters): ReadCluster {
  const places = new Map(Array.from(clusterWords, (hash, place) => [hash, clusterOf[place]]));
  const beginnings = clusterPaths.map((path) => clusterLengths.map((length) => hashText(path.slice(0, length))));
  return (word, row, at) => {
    const cluster = places.get(hashText(clusterKey(word)));
    if (cluster !== undefined) row.set(beginnings[cluster], at);
  };
}
