import { absent } from "./hash-slots.js";
import { chunkLength, type RowEntries } from "./row-entries.js";
import type { SparseDataset } from "./sparse-dataset.js";

/**
 * Rows of ids as rows of columns, ascending, in memory that workers may share; an id whose column is `absent` is left
 * out. Values are counts, or none where all are 1. All rows are put in order at once: first it is listed which rows have
 * each column, then column after column is added to its rows. The entries are given up chunk by chunk, so that hardly
 * more than two copies are held.
 * @param documents how many rows have each column
 * @param columnOf the column of each id; its own number where that is undefined
 */
export function rowsOfColumns(
  entries: RowEntries,
  documents: Int32Array,
  columnOf: Int32Array | undefined,
): Pick<SparseDataset, "rows" | "columns" | "offsets" | "indices" | "values"> {
  const { rows, lengths } = entries;
  const withCounts = entries.counts.length > 0;
  const columns = documents.length;
  // Where each column's list goes on, and at last ends.
  const ends = new Uint32Array(columns);
  for (let column = 1; column < columns; column++) ends[column] = ends[column - 1] + documents[column - 1];
  const size = columns === 0 ? 0 : ends[columns - 1] + documents[columns - 1];
  const rowOf = new Uint32Array(size);
  const countOf = new Uint32Array(withCounts ? size : 0);
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)));
  let [chunk, place] = [0, 0];
  for (let row = 0; row < rows; row++) {
    let length = 0;
    for (let left = lengths[row]; left > 0; ) {
      if (place === chunkLength) {
        giveUp(entries, chunk++);
        place = 0;
      }
      const last = Math.min(chunkLength, place + left);
      left -= last - place;
      const ids = entries.ids[chunk];
      const counts = entries.counts[chunk];
      for (; place < last; place++) {
        const column = columnOf === undefined ? ids[place] : columnOf[ids[place]];
        if (column === absent) continue;
        const at = ends[column]++;
        rowOf[at] = row;
        if (withCounts) countOf[at] = counts[place];
        length++;
      }
    }
    offsets[row + 1] = offsets[row] + length;
  }
  if (entries.ids.length > 0) giveUp(entries, chunk);
  const indices = new Uint32Array(new SharedArrayBuffer(4 * size));
  const counted = new Float32Array(new SharedArrayBuffer(withCounts ? 4 * size : 0));
  const next = offsets.slice(0, rows);
  for (let column = 0, at = 0; column < columns; column++)
    for (; at < ends[column]; at++) {
      const to = next[rowOf[at]]++;
      indices[to] = column;
      if (withCounts) counted[to] = countOf[at];
    }
  return { rows, columns, offsets, indices, values: counted };
}

function giveUp({ ids, counts }: RowEntries, chunk: number): void {
  ids[chunk] = new Int32Array();
  if (counts.length > 0) counts[chunk] = new Uint32Array();
}
