import type { SparseDataset } from "../features/sparse-dataset.js";

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
  /** Number of each row among those of the data. */
  readonly order: Uint32Array;
}

/**
 * Parts the columns that rows share from those of one row alone.
 * @param order of the rows, each of them once
 */
export function condenseRows(data: SparseDataset, order: Uint32Array = counting(data.rows)): CondensedRows {
  const { sources, places, entries } = placeSharedColumns(data);
  return { rows: data.rows, columns: sources.length, sources, order, ...moveEntries(data, order, places, entries) };
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
    order: counting(data.rows),
  };
}

const ofOneRow = -1;

/** The columns of two rows or more, the place of each column among them, or `ofOneRow`, and how many entries they have. */
function placeSharedColumns({ columns, indices, offsets, rows }: SparseDataset) {
  const places = new Int32Array(columns);
  let entries = offsets[rows];
  for (let k = 0; k < entries; k++) places[indices[k]]++;
  const sources = new Uint32Array(columns);
  let shared = 0;
  for (let column = 0; column < columns; column++) {
    if (places[column] === 1) entries--;
    sources[shared] = column;
    places[column] = places[column] > 1 ? shared++ : ofOneRow;
  }
  return { places, sources: sources.slice(0, shared), entries };
}

function areOnes(values: Float32Array): boolean {
  const { length } = values;
  for (let k = 0; k < length; k++) if (values[k] !== 1) return false;
  return true;
}

/** The entries of shared columns, row by row in memory that threads may share, and the length of the others of each row. */
function moveEntries(
  { rows, offsets: starts, ...data }: SparseDataset,
  order: Uint32Array,
  places: Int32Array,
  entries: number,
) {
  const { indices: columns, values: found } = data;
  const ones = areOnes(found);
  const offsets = new Uint32Array(rows + 1);
  const indices = new Uint32Array(new SharedArrayBuffer(4 * entries));
  const values = new Float32Array(new SharedArrayBuffer(ones ? 0 : 4 * entries));
  const own = new Float64Array(rows);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const last = starts[order[row] + 1];
    let squares = 0;
    for (let k = starts[order[row]]; k < last; k++) {
      const place = places[columns[k]];
      if (place === ofOneRow) squares += ones ? 1 : found[k] * found[k];
      else {
        if (!ones) values[end] = found[k];
        indices[end++] = place;
      }
    }
    own[row] = Math.sqrt(squares);
    offsets[row + 1] = end;
  }
  return { offsets, indices, values, own };
}

/** What is learned of one output: weights of the shared columns, and one a row for what is its own. */
export interface CondensedWeights {
  readonly shared: ArrayLike<number>;
  readonly owned: ArrayLike<number>;
}

/** The weights of the data's columns, columns × outputs. */
export function expandWeights(
  { rows, columns, offsets, indices, values }: SparseDataset,
  { sources, own, order }: CondensedRows,
  outputs: readonly CondensedWeights[],
): Float32Array {
  const width = outputs.length;
  const weights = new Float32Array(columns * width);
  const isShared = new Uint8Array(columns);
  for (let column = 0; column < sources.length; column++) isShared[sources[column]] = 1;
  for (let output = 0; output < width; output++) {
    const { shared } = outputs[output];
    for (let column = 0; column < sources.length; column++) weights[sources[column] * width + output] = shared[column];
  }
  const share = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    if (own[row] === 0) continue;
    for (let output = 0; output < width; output++) share[output] = outputs[output].owned[row] / own[row];
    const end = offsets[order[row] + 1];
    for (let k = offsets[order[row]]; k < end; k++) {
      if (isShared[indices[k]] === 1) continue;
      const at = indices[k] * width;
      for (let output = 0; output < width; output++) weights[at + output] = share[output] * values[k];
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
