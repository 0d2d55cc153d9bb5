import type { SparseDataset } from "../features/sparse-dataset.js";
import { type ArrayRoom, newRoom } from "../machine-code/array-room.js";
import type { SharedMemory } from "../machine-code/shared-memory.js";

/**
 * Rows without the columns that only one row has. What a row has in such columns, no other row can tell from a single
 * column that holds its length there: the row's `own`. Under a penalty ‖w‖² both have the same least objective, since
 * the best weights of own columns are a multiple of what stands in them (the representer theorem, row by row). Three
 * of four word pairs are such, so this spares most of the weights.
 */
export interface CondensedRows {
  readonly rows: number;
  /** How many columns two rows or more have. */
  readonly columns: number;
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  /** Empty where every value is 1. */
  readonly values: Float32Array;
  /** Length of each row in its own columns. */
  readonly own: Float64Array;
  /** Number of each shared column among those of the data. */
  readonly sources: Uint32Array;
  /** Of each of the data's columns that one row alone has, that row. */
  readonly owners: Uint32Array;
  /** What stands in the data's columns that one row alone has. Empty where every value is 1. */
  readonly singles: Float32Array;
  /** Number of each row among those of the data. */
  readonly order: Uint32Array;
  /** Where offsets, indices and values lie, for machine code and for other threads; plain rows have none. */
  readonly memory?: SharedMemory;
}

/**
 * Parts the columns that rows share from those of one row alone.
 * @param order of the rows, each of them once
 */
export function condenseRows(data: SparseDataset, order: Uint32Array = counting(data.rows)): CondensedRows {
  const ones = areOnes(data.values);
  const room = newRoom(12 * data.columns + (ones ? 4 : 8) * data.indices.length);
  const { sources, places, entries, owners } = placeSharedColumns(data, order, room);
  // One entry more than there are: see `moveOnes`.
  const offsets = room.array(Uint32Array, data.rows + 1);
  const indices = room.array(Uint32Array, entries + 1);
  const values = room.array(Float32Array, ones ? 0 : entries + 1);
  const own = new Float64Array(data.rows);
  const singles = new Float32Array(ones ? 0 : data.columns);
  const moved = { offsets, indices, values, own, singles };
  if (ones) moveOnes(data, order, places, moved);
  else moveEntries(data, order, places, moved);
  return {
    rows: data.rows,
    columns: sources.length,
    offsets,
    indices: indices.subarray(0, entries),
    values: values.subarray(0, ones ? 0 : entries),
    own,
    sources,
    owners,
    singles,
    order,
    memory: room.memory,
  };
}

/** The rows as they are: nothing is their own. What a penalty other than ‖w‖² needs. */
export function plainRows(data: SparseDataset): CondensedRows {
  return {
    rows: data.rows,
    columns: data.columns,
    offsets: data.offsets,
    indices: data.indices,
    values: areOnes(data.values) ? new Float32Array() : data.values,
    own: new Float64Array(data.rows),
    sources: counting(data.columns),
    owners: new Uint32Array(),
    singles: new Float32Array(),
    order: counting(data.rows),
  };
}

/** The place of a column of one row alone; shifted right by 31 bits it is −1, and a shared column's place 0. */
const ofOneRow = -1;

/**
 * The columns of two rows or more, the place of each column among them, or `ofOneRow`, how many entries they have, and
 * the last row of each column: of those of one row alone, theirs.
 */
function placeSharedColumns(
  { columns, indices, offsets, rows }: SparseDataset,
  order: Uint32Array,
  { array }: ArrayRoom,
) {
  const places = array(Int32Array, columns);
  const owners = array(Uint32Array, columns).fill(rows);
  for (let row = 0; row < rows; row++) {
    const end = offsets[order[row] + 1];
    for (let k = offsets[order[row]]; k < end; k++) {
      places[indices[k]]++;
      owners[indices[k]] = row;
    }
  }
  let entries = offsets[rows];
  const sources = array(Uint32Array, columns);
  let shared = 0;
  for (let column = 0; column < columns; column++) {
    if (places[column] === 1) entries--;
    sources[shared] = column;
    places[column] = places[column] > 1 ? shared++ : ofOneRow;
  }
  return { places, owners, sources: sources.subarray(0, shared), entries };
}

function areOnes(values: Float32Array): boolean {
  const { length } = values;
  for (let k = 0; k < length; k++) if (values[k] !== 1) return false;
  return true;
}

interface MovedEntries {
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  readonly own: Float64Array;
  readonly singles: Float32Array;
}

/**
 * The entries of shared columns, row by row, and the length of the others of each row. Without a branch, which would be
 * foretold wrongly time and again: the others are written, too, and written over by what follows.
 */
function moveOnes(
  { rows, offsets: starts, indices: columns }: SparseDataset,
  order: Uint32Array,
  places: Int32Array,
  { offsets, indices, own }: MovedEntries,
): void {
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const [start, last] = [starts[order[row]], starts[order[row] + 1]];
    for (let k = start; k < last; k++) {
      const place = places[columns[k]];
      indices[end] = place;
      end += 1 + (place >> 31);
    }
    own[row] = Math.sqrt(last - start - (end - offsets[row]));
    offsets[row + 1] = end;
  }
}

/** The same of values that are not all 1; what stands in the columns of one row alone is kept. */
function moveEntries(
  { rows, offsets: starts, indices: columns, values: found }: SparseDataset,
  order: Uint32Array,
  places: Int32Array,
  { offsets, indices, values, own, singles }: MovedEntries,
): void {
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const last = starts[order[row] + 1];
    let squares = 0;
    for (let k = starts[order[row]]; k < last; k++) {
      const place = places[columns[k]];
      const value = found[k];
      if (place === ofOneRow) {
        singles[columns[k]] = value;
        squares += value * value;
      } else {
        values[end] = value;
        indices[end++] = place;
      }
    }
    own[row] = Math.sqrt(squares);
    offsets[row + 1] = end;
  }
}

/** What is learned of one output: weights of the shared columns, and one a row for what is its own. */
export interface CondensedWeights {
  readonly shared: ArrayLike<number>;
  readonly owned: ArrayLike<number>;
}

/** The weights of the data's columns, columns × outputs. */
export function expandWeights(
  { rows, columns }: SparseDataset,
  { sources, owners, singles, own }: CondensedRows,
  outputs: readonly CondensedWeights[],
): Float32Array {
  const width = outputs.length;
  const weights = new Float32Array(columns * width);
  // One row more than there are, of no weight: it owns the columns that no row has.
  const shares = new Float64Array((rows + 1) * width);
  for (const [output, { owned }] of outputs.entries())
    for (let row = 0; row < rows; row++) if (own[row] > 0) shares[row * width + output] = owned[row] / own[row];
  for (let column = 0, place = 0; column < columns; column++) {
    const at = column * width;
    if (sources[place] === column) {
      for (let output = 0; output < width; output++) weights[at + output] = outputs[output].shared[place];
      place++;
    } else {
      const share = owners[column] * width;
      const value = singles.length === 0 ? 1 : singles[column];
      for (let output = 0; output < width; output++) weights[at + output] = shares[share + output] * value;
    }
  }
  return weights;
}

/** 0, 1, 2, … */
export function counting(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = i;
  return numbers;
}
