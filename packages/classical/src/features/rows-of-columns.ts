import { absent } from "./hash-slots.js";
import { chunkLength, type RowEntries } from "./row-entries.js";
import type { SparseDataset } from "./sparse-dataset.js";

/**
 * Rows of ids as rows of columns, ascending, in memory that workers may share; an id whose column is `absent` is left
 * out. Values are counts, or 1. The entries are given up chunk by chunk, so that hardly more than one copy is held.
 * @param columnOf the column of each id; its own number where that is undefined
 */
export function rowsOfColumns(
  entries: RowEntries,
  columns: number,
  columnOf: Int32Array | undefined,
): Pick<SparseDataset, "rows" | "columns" | "offsets" | "indices" | "values"> {
  const { rows, lengths, size } = entries;
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)));
  const indices = new Uint32Array(new SharedArrayBuffer(4 * size));
  const values = new Float32Array(new SharedArrayBuffer(4 * size));
  const withCounts = entries.counts.length > 0;
  const countOf = new Uint32Array(withCounts ? columns : 0);
  let row = new Uint32Array(1024);
  let chunk = 0;
  let place = 0;
  let at = 0;
  for (let i = 0; i < rows; i++) {
    if (row.length < lengths[i]) row = new Uint32Array(2 * lengths[i]);
    let length = 0;
    for (let left = lengths[i]; left > 0; ) {
      if (place === chunkLength) {
        giveUp(entries, chunk++);
        place = 0;
      }
      const end = Math.min(chunkLength, place + left);
      left -= end - place;
      const ids = entries.ids[chunk];
      const counts = entries.counts[chunk];
      for (; place < end; place++) {
        const column = columnOf === undefined ? ids[place] : columnOf[ids[place]];
        if (column === absent) continue;
        row[length++] = column;
        if (withCounts) countOf[column] = counts[place];
      }
    }
    sortAscending(row, length);
    for (let k = 0; k < length; k++) indices[at + k] = row[k];
    if (withCounts) for (let k = 0; k < length; k++) values[at + k] = countOf[row[k]];
    at += length;
    offsets[i + 1] = at;
  }
  if (!withCounts) values.fill(1, 0, at);
  return { rows, columns, offsets, indices: indices.subarray(0, at), values: values.subarray(0, at) };
}

/** Up to so many entries are in order sooner by insertion than by a call out of JavaScript. */
const fewEntries = 64;

/** Sorts the first `length` entries. */
function sortAscending(row: Uint32Array, length: number): void {
  if (length > fewEntries) row.subarray(0, length).sort();
  else
    for (let k = 1; k < length; k++) {
      const column = row[k];
      let to = k;
      for (; to > 0 && row[to - 1] > column; to--) row[to] = row[to - 1];
      row[to] = column;
    }
}

function giveUp({ ids, counts }: RowEntries, chunk: number): void {
  ids[chunk] = new Int32Array();
  if (counts.length > 0) counts[chunk] = new Uint32Array();
}
