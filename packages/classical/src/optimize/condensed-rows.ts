import { counting } from "../counting.js";
import { type SparseDataset, valueAt } from "../features/sparse-dataset.js";
import { type GrowingRoom, newRoom } from "../machine-code/array-room.js";
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
  /** Of each of the data's columns the row that alone has it; `rows` where none has; rows + 1 + its number among the shared ones. */
  readonly homes: Int32Array;
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
export function condenseRows(
  data: SparseDataset,
  order: Uint32Array = counting(Uint32Array, data.rows),
): CondensedRows {
  const ones = areOnes(data.values);
  const room = newRoom(4 * data.columns + (ones ? 4 : 8) * data.indices.length);
  if (data.sharedColumns !== undefined) return splitRows(data, data.sharedColumns, order, room, ones);
  const { homes, shared, entries } = findHomes(data, order, room);
  const offsets = room.array(Uint32Array, data.rows + 1);
  const indices = room.raw(Uint32Array, entries);
  const values = room.raw(Float32Array, ones ? 0 : entries);
  const own = new Float64Array(data.rows);
  const singles = new Float32Array(ones ? 0 : data.columns);
  const moved = { offsets, indices, values, own, singles };
  moveEntries(data, order, homes, moved);
  return {
    rows: data.rows,
    columns: shared,
    offsets,
    indices: indices.subarray(0, entries),
    values: values.subarray(0, ones ? 0 : entries),
    own,
    homes,
    singles,
    order,
    memory: room.memory,
  };
}

/** The same where it is known which columns are shared: they come first in each row. */
function splitRows(
  data: SparseDataset,
  shared: number,
  order: Uint32Array,
  room: GrowingRoom,
  ones: boolean,
): CondensedRows {
  const { rows, columns, offsets: starts, indices: found, values: given } = data;
  const offsets = room.array(Uint32Array, rows + 1);
  const indices = room.raw(Uint32Array, found.length);
  const values = room.raw(Float32Array, ones ? 0 : found.length);
  const homes = room.raw(Int32Array, columns).fill(rows, shared);
  for (let column = 0; column < shared; column++) homes[column] = rows + 1 + column;
  const own = new Float64Array(rows);
  const singles = new Float32Array(ones ? 0 : columns);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const last = starts[order[row] + 1];
    let k = starts[order[row]];
    for (; k < last && found[k] < shared; k++, end++) {
      indices[end] = found[k];
      if (!ones) values[end] = given[k];
    }
    let squares = ones ? last - k : 0;
    for (; k < last; k++) {
      homes[found[k]] = row;
      if (ones) continue;
      squares += given[k] * given[k];
      singles[found[k]] = given[k];
    }
    own[row] = Math.sqrt(squares);
    offsets[row + 1] = end;
  }
  return {
    ...{ rows, columns: shared, offsets, own, homes, singles, order, memory: room.memory },
    indices: indices.subarray(0, end),
    values: values.subarray(0, ones ? 0 : end),
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
    homes: counting(Int32Array, data.columns).map((column) => data.rows + 1 + column),
    singles: new Float32Array(),
    order: counting(Uint32Array, data.rows),
  };
}

/** The homes of columns, how many are shared, and how many entries those have. */
function findHomes({ columns, indices, offsets, rows }: SparseDataset, order: Uint32Array, room: GrowingRoom) {
  // At first 1 + the row that alone has a column, −1 once two have it, 0 where none has.
  const homes = room.array(Int32Array, columns);
  for (let row = 0; row < rows; row++) {
    const end = offsets[order[row] + 1];
    for (let k = offsets[order[row]]; k < end; k++) {
      const home = homes[indices[k]];
      // Without a branch, which would be foretold wrongly time and again: what is not 0 becomes −1.
      homes[indices[k]] = (row + 1) | ((home | -home) >> 31);
    }
  }
  let [shared, alone] = [0, 0];
  for (let column = 0; column < columns; column++) {
    const home = homes[column];
    if (home < 0) homes[column] = rows + 1 + shared++;
    else {
      homes[column] = home === 0 ? rows : home - 1;
      alone += Number(home > 0);
    }
  }
  return { homes, shared, entries: offsets[rows] - alone };
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

/** The entries of shared columns, row by row, and the length of the others of each row, which are kept where not all are 1. */
function moveEntries(
  { rows, offsets: starts, indices: columns, values: found }: SparseDataset,
  order: Uint32Array,
  homes: Int32Array,
  { offsets, indices, values, own, singles }: MovedEntries,
): void {
  const ones = singles.length === 0;
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const last = starts[order[row] + 1];
    let squares = 0;
    for (let k = starts[order[row]]; k < last; k++) {
      const home = homes[columns[k]];
      if (home < rows) {
        const value = valueAt(found, k);
        if (!ones) singles[columns[k]] = value;
        squares += value * value;
      } else {
        if (!ones) values[end] = found[k];
        indices[end++] = home - rows - 1;
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
  condensed: CondensedRows,
  outputs: readonly CondensedWeights[],
): Float32Array {
  const { homes, singles, own } = condensed;
  if (outputs.length === 1 && singles.length === 0) return expandOutput(condensed, outputs[0]);
  const width = outputs.length;
  const weights = new Float32Array(columns * width);
  // One row more than there are, of no weight: it owns the columns that no row has.
  const shares = new Float64Array((rows + 1) * width);
  for (const [output, { owned }] of outputs.entries())
    for (let row = 0; row < rows; row++) if (own[row] > 0) shares[row * width + output] = owned[row] / own[row];
  for (let column = 0; column < columns; column++) {
    const at = column * width;
    const home = homes[column];
    if (home > rows)
      for (let output = 0; output < width; output++) weights[at + output] = outputs[output].shared[home - rows - 1];
    else {
      const value = singles.length === 0 ? 1 : singles[column];
      for (let output = 0; output < width; output++) weights[at + output] = shares[home * width + output] * value;
    }
  }
  return weights;
}

/** The same of one output, where all values are 1: one look-up a column. */
function expandOutput({ rows, columns, homes, own }: CondensedRows, { shared, owned }: CondensedWeights): Float32Array {
  // By homes: of the rows, of what no row has, and of the shared columns.
  const weightOf = new Float32Array(rows + 1 + columns);
  for (let row = 0; row < rows; row++) if (own[row] > 0) weightOf[row] = owned[row] / own[row];
  for (let column = 0; column < columns; column++) weightOf[rows + 1 + column] = shared[column];
  const weights = new Float32Array(homes.length);
  for (let column = 0; column < homes.length; column++) weights[column] = weightOf[homes[column]];
  return weights;
}
