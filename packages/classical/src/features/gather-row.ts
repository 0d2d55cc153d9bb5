import type { FoundTerms } from "./found-terms.js";

/** A row to be filled again and again: each id once, with how often it was found, in order of first finding. */
export interface CountedRow {
  indices: Uint32Array;
  values: Float32Array;
  length: number;
  /** Two numbers an id, side by side because both are needed at once: where it stands in the row, if it does, and how many rows had it. */
  places: Int32Array;
}

/** A row for ids below that number. */
export function countedRow(ids: number): CountedRow {
  return { indices: new Uint32Array(256), values: new Float32Array(256), length: 0, places: new Int32Array(2 * ids) };
}

/** In how many rows each id stood, below that number. */
export function rowsWith({ places }: CountedRow, ids: number): Int32Array {
  return new Int32Array(ids).map((_, id) => places[2 * id + 1]);
}

/** Counts the terms that were found. Nothing need be cleared: a place holds only if the row says so too (Briggs & Torczon 1993). */
export function gatherRow(row: CountedRow, { ids, length: found }: FoundTerms): void {
  if (row.indices.length < found) {
    row.indices = new Uint32Array(2 * found);
    row.values = new Float32Array(2 * found);
  }
  const { indices, values, places } = row;
  let length = 0;
  for (let k = 0; k < found; k++) {
    const id = ids[k];
    const place = places[2 * id];
    if (place < length && indices[place] === id) values[place]++;
    else {
      places[2 * id] = length;
      places[2 * id + 1]++;
      indices[length] = id;
      values[length++] = 1;
    }
  }
  row.length = length;
}
