import { BifocalError } from "@bifocal/contracts";
import { type SparseDataset, valueAt } from "../features/sparse-dataset.js";
import { entryStarts, type NaiveBayesCounts, type NaiveBayesEvent, numbersOfEntry } from "./naive-bayes-counts.js";

/** Rows that may come a few at a time. */
export type CountedRows = Pick<SparseDataset, "rows" | "offsets" | "indices" | "values" | "weights">;

/** Counts rows as they come: whatever the pieces, the same rows in the same order give the same counts, to the bit. */
export interface NaiveBayesCounter {
  /**
   * Adds rows; `targets` numbers each row's label. The arrays must stay as they are until `params` is called.
   * @throws {BifocalError} `invalid-input` for a column or label that is none, or a value that the event cannot count.
   */
  partialFit(rows: CountedRows, targets: ArrayLike<number>): void;
  /** What all rows so far come to. @throws {BifocalError} `invalid-input` while a label has no row. */
  params(): NaiveBayesCounts;
}

/** What is counted. */
export interface CounterOptions {
  readonly event: NaiveBayesEvent;
  readonly columns: number;
  readonly labels: readonly string[];
  /** Counts to go on from, of the same event, columns and labels: the params of a model, too. */
  readonly from?: NaiveBayesCounts;
}

/** Adds a value to the numbers of an entry. */
type AddValue = (numbers: Float64Array, at: number, value: number, weight: number) => void;

const addValueOf: Readonly<Record<NaiveBayesEvent, AddValue>> = {
  multinomial: addSum,
  complement: addSum,
  bernoulli: addPresence,
  gaussian: addMoments,
};

/**
 * A counter of rows, which may come a few at a time.
 * @throws {BifocalError} `invalid-input` where the counts to go on from are of another event, or of other columns or labels.
 * @example
 * const counter = naiveBayesCounter({ event: "multinomial", columns: data.columns, labels: data.labels });
 * counter.partialFit(data, data.targets);
 * counter.params();
 */
export function naiveBayesCounter(options: CounterOptions): NaiveBayesCounter {
  const { event, columns, labels, from } = options;
  if (from !== undefined) checkFrom(from, options);
  const documents = from?.documents.slice() ?? new Float64Array(labels.length);
  let counted = from ?? nothingCounted(event, columns, labels.length);
  let waiting: WaitingRows[] = [];
  let waitingValues = 0;
  const count = (): void => {
    if (waiting.length > 0) counted = addRows(counted, waiting);
    waiting = [];
    waitingValues = 0;
  };
  return {
    partialFit(rows, targets) {
      checkRows(rows, targets, event, columns, labels.length);
      for (let row = 0; row < rows.rows; row++) documents[targets[row]] += rows.weights?.[row] ?? 1;
      waiting.push({ ...rows, targets });
      waitingValues += rows.offsets[rows.rows];
      // Going through all columns for each small piece would take as long as its rows take together.
      if (waitingValues > columns + counted.entryLabels.length) count();
    },
    params() {
      const missing = documents.findIndex((each) => !(each > 0));
      if (missing >= 0) throw noRows(labels[missing]);
      count();
      return { ...counted, documents: documents.slice() };
    },
  };
}

/** Counts labelled rows at once. */
export function countRows(data: SparseDataset, event: NaiveBayesEvent): NaiveBayesCounts {
  const counter = naiveBayesCounter({ event, columns: data.columns, labels: data.labels });
  counter.partialFit(data, data.targets);
  return counter.params();
}

type WaitingRows = CountedRows & { readonly targets: ArrayLike<number> };

function nothingCounted(event: NaiveBayesEvent, columns: number, labels: number): NaiveBayesCounts {
  return {
    event,
    documents: new Float64Array(labels),
    entriesOfColumn: new Uint32Array(columns),
    entryLabels: new Uint32Array(),
    counts: new Float64Array(),
  };
}

/** The values of rows, column by column, each column's in the order of the rows. */
interface ValuesByColumn {
  readonly starts: Uint32Array;
  readonly values: Float32Array;
  readonly labels: Uint32Array;
  readonly weights: Float64Array;
}

function valuesByColumn(pieces: readonly WaitingRows[], columns: number): ValuesByColumn {
  const sizes = new Uint32Array(columns);
  for (const { offsets, indices, rows } of pieces) for (let k = 0; k < offsets[rows]; k++) sizes[indices[k]]++;
  const starts = entryStarts(sizes);
  const next = starts.slice(0, columns);
  const values = new Float32Array(starts[columns]);
  const labels = new Uint32Array(starts[columns]);
  const weights = new Float64Array(starts[columns]);
  for (const piece of pieces) {
    for (let row = 0; row < piece.rows; row++) {
      const label = piece.targets[row];
      const weight = piece.weights === undefined ? 1 : piece.weights[row];
      for (let k = piece.offsets[row]; k < piece.offsets[row + 1]; k++) {
        const at = next[piece.indices[k]]++;
        values[at] = valueAt(piece.values, k);
        labels[at] = label;
        weights[at] = weight;
      }
    }
  }
  return { starts, values, labels, weights };
}

/** Adds each value to the numbers that are there already, so that pieces give the sums that the whole gives. */
function addRows(counted: NaiveBayesCounts, pieces: readonly WaitingRows[]): NaiveBayesCounts {
  const { event, documents } = counted;
  const columns = counted.entriesOfColumn.length;
  const size = numbersOfEntry(event);
  const add = addValueOf[event];
  const before = entryStarts(counted.entriesOfColumn);
  const added = valuesByColumn(pieces, columns);
  const most = counted.entryLabels.length + added.values.length;
  const entriesOfColumn = new Uint32Array(columns);
  const entryLabels = new Uint32Array(most);
  const counts = new Float64Array(most * size);
  const numbers = new Float64Array(documents.length * size);
  const present = new Uint8Array(documents.length);
  const found: number[] = [];
  let entry = 0;
  for (let column = 0; column < columns; column++) {
    found.length = 0;
    for (let old = before[column]; old < before[column + 1]; old++) {
      const label = counted.entryLabels[old];
      present[label] = 1;
      found.push(label);
      for (let i = 0; i < size; i++) numbers[label * size + i] = counted.counts[old * size + i];
    }
    for (let k = added.starts[column]; k < added.starts[column + 1]; k++) {
      const label = added.labels[k];
      if (present[label] === 0) {
        present[label] = 1;
        found.push(label);
      }
      add(numbers, label * size, added.values[k], added.weights[k]);
    }
    if (found.length > 1) found.sort(ascending);
    entriesOfColumn[column] = found.length;
    for (const label of found) {
      entryLabels[entry] = label;
      for (let i = 0; i < size; i++) {
        counts[entry * size + i] = numbers[label * size + i];
        numbers[label * size + i] = 0;
      }
      present[label] = 0;
      entry++;
    }
  }
  return {
    event,
    documents,
    entriesOfColumn,
    entryLabels: entryLabels.slice(0, entry),
    counts: counts.slice(0, entry * size),
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}

function addSum(numbers: Float64Array, at: number, value: number, weight: number): void {
  numbers[at] += weight * value;
}

function addPresence(numbers: Float64Array, at: number, value: number, weight: number): void {
  if (value > 0) numbers[at] += weight;
}

/** Adds to weight, sum and squares about the mean (West 1979), which loses nothing where the mean is far from 0. */
function addMoments(numbers: Float64Array, at: number, value: number, weight: number): void {
  const before = numbers[at];
  const after = before + weight;
  if (before > 0) {
    const difference = value - numbers[at + 1] / before;
    numbers[at + 2] += (difference * difference * weight * before) / after;
  }
  numbers[at] = after;
  numbers[at + 1] += weight * value;
}

/** @throws {BifocalError} `invalid-input` */
function checkRows(
  { rows, offsets, indices, values, weights }: CountedRows,
  targets: ArrayLike<number>,
  event: NaiveBayesEvent,
  columns: number,
  labels: number,
): void {
  const counting = event === "multinomial" || event === "complement";
  const least = counting ? 0 : Number.NEGATIVE_INFINITY;
  let sound = targets.length === rows && (weights === undefined || weights.length === rows);
  for (let row = 0; sound && row < rows; row++)
    sound = targets[row] < labels && (weights === undefined || (weights[row] > 0 && Number.isFinite(weights[row])));
  for (let k = 0; sound && k < offsets[rows]; k++)
    sound = indices[k] < columns && valueAt(values, k) >= least && Number.isFinite(valueAt(values, k));
  if (sound) return;
  const range = counting ? "finite values of 0 or more" : "finite values";
  throw new BifocalError(
    "invalid-input",
    `Naive Bayes (${event}) counts rows with ${range} in ${columns} columns, a label below ${labels} each, and weights above 0. Check the rows.`,
  );
}

function checkFrom({ event, entriesOfColumn, documents }: NaiveBayesCounts, options: CounterOptions): void {
  const { columns, labels } = options;
  if (event === options.event && entriesOfColumn.length === columns && documents.length === labels.length) return;
  throw new BifocalError(
    "invalid-input",
    `Counts to go on from are ${event}, of ${entriesOfColumn.length} columns and ${documents.length} labels; the rest must be the same.`,
  );
}

function noRows(label: string): BifocalError {
  return new BifocalError("invalid-input", `No row of the label "${label}" was counted yet. Add some first.`);
}
