import type { FoundTerms } from "./found-terms.js";

/** A row to be filled again and again: each id once, with how often it was found, in order of first finding. */
export interface DistinctTerms {
  indices: Uint32Array;
  values: Float32Array;
  length: number;
  gather(found: FoundTerms): void;
}

/**
 * Counts the terms that a text has. Where each stands in the row is kept in a table for this text alone, which is small
 * and stays near the processor, as a place for every id of the vocabulary would not.
 */
export function distinctTerms(): DistinctTerms {
  // 1 + the place in the row; open addressing, at most half full.
  let slots = new Uint32Array(512);
  const row: DistinctTerms = {
    indices: new Uint32Array(256),
    values: new Float32Array(256),
    length: 0,
    gather({ ids, length: found }) {
      if (row.indices.length < found) {
        row.indices = new Uint32Array(2 * found);
        row.values = new Float32Array(2 * found);
      }
      let shift = 24;
      while (2 ** (32 - shift) < 2 * found) shift--;
      const size = 2 ** (32 - shift);
      if (slots.length < size) slots = new Uint32Array(size);
      else slots.fill(0, 0, size);
      const { indices, values } = row;
      let length = 0;
      for (let k = 0; k < found; k++) {
        const id = ids[k];
        let slot = Math.imul(id, 0x9e3779b1) >>> shift;
        while (slots[slot] !== 0 && indices[slots[slot] - 1] !== id) slot = (slot + 1) & (size - 1);
        if (slots[slot] !== 0) values[slots[slot] - 1]++;
        else {
          indices[length] = id;
          values[length] = 1;
          slots[slot] = ++length;
        }
      }
      row.length = length;
    },
  };
  return row;
}
