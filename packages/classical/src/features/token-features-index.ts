import { noFeature } from "./token-features.js";

/** The hashes that stand at least so many times among these, sorted. */
export function frequentFeatures(features: Uint32Array, minimumCount: number): Uint32Array {
  const sorted = features.slice().sort();
  let kept = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const hash = sorted[start];
    while (end < sorted.length && sorted[end] === hash) end++;
    if (hash !== noFeature && end - start >= minimumCount) sorted[kept++] = hash;
  }
  return sorted.slice(0, kept);
}

/** Where each feature's weights are. */
export interface FeatureIndex {
  /** The position of each hash among the known features, -1 where it is unknown. */
  positions(features: Uint32Array): Int32Array;
}

/** A hash table with open addressing: twice as many slots as features at least, searched one by one. */
export function indexFeatures(known: Uint32Array): FeatureIndex {
  const mask = 2 ** Math.ceil(Math.log2(known.length * 2 + 2)) - 1;
  const hashes = new Uint32Array(mask + 1);
  const places = new Int32Array(mask + 1);
  const slotOf = (hash: number): number => {
    let slot = hash & mask;
    while (hashes[slot] !== hash && hashes[slot] !== noFeature) slot = (slot + 1) & mask;
    return slot;
  };
  known.forEach((hash, place) => {
    const slot = slotOf(hash);
    hashes[slot] = hash;
    places[slot] = place;
  });
  const positionOf = (hash: number): number => {
    const slot = slotOf(hash);
    return hash === noFeature || hashes[slot] === noFeature ? -1 : places[slot];
  };
  return {
    positions(features) {
      const positions = new Int32Array(features.length);
      for (let i = 0; i < features.length; i++) positions[i] = positionOf(features[i]);
      return positions;
    },
  };
}
