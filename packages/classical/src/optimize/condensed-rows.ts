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
}

/** Parts the columns that rows share from those of one row alone. */
export function condenseRows(data: SparseDataset): CondensedRows {
  const { sources, places } = placeSharedColumns(data);
  return { rows: data.rows, columns: sources.length, sources, ...moveEntries(data, places) };
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
  };
}

const ofOneRow = -1;

/** The columns of two rows or more, and the place of each column among them, or `ofOneRow`. */
function placeSharedColumns({ columns, indices, offsets, rows }: SparseDataset) {
  const places = new Int32Array(columns);
  const entries = offsets[rows];
  for (let k = 0; k < entries; k++) places[indices[k]]++;
  const sources = new Uint32Array(columns);
  let shared = 0;
  for (let column = 0; column < columns; column++) {
    sources[shared] = column;
    places[column] = places[column] > 1 ? shared++ : ofOneRow;
  }
  return { places, sources: sources.slice(0, shared) };
}

function areOnes(values: Float32Array): boolean {
  for (let k = 0; k < values.length; k++) if (values[k] !== 1) return false;
  return true;
}

function moveEntries(data: SparseDataset, places: Int32Array) {
  const ones = areOnes(data.values);
  const offsets = new Uint32Array(data.rows + 1);
  const indices = new Uint32Array(data.indices.length);
  const values = new Float32Array(ones ? 0 : data.indices.length);
  const own = new Float64Array(data.rows);
  let end = 0;
  for (let row = 0; row < data.rows; row++) {
    let squares = 0;
    for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++) {
      const place = places[data.indices[k]];
      if (place === ofOneRow) squares += data.values[k] * data.values[k];
      else {
        indices[end] = place;
        if (!ones) values[end] = data.values[k];
        end++;
      }
    }
    own[row] = Math.sqrt(squares);
    offsets[row + 1] = end;
  }
  return { offsets, indices: indices.slice(0, end), values: values.slice(0, end), own };
}

/** The weights of the data's columns: from those of shared columns, and one a row for what is its own. */
export function expandWeights(
  data: SparseDataset,
  { sources, own }: CondensedRows,
  shared: ArrayLike<number>,
  owned: ArrayLike<number>,
): Float32Array {
  const weights = new Float32Array(data.columns);
  const isShared = new Uint8Array(data.columns);
  for (let column = 0; column < sources.length; column++) {
    weights[sources[column]] = shared[column];
    isShared[sources[column]] = 1;
  }
  for (let row = 0; row < data.rows; row++) {
    const share = own[row] === 0 ? 0 : owned[row] / own[row];
    if (share === 0) continue;
    for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++) {
      if (isShared[data.indices[k]] === 0) weights[data.indices[k]] = share * data.values[k];
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
