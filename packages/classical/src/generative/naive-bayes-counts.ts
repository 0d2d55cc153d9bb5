import { narrowed } from "../model-file-blocks.js";

/** What a label is thought to make of features: the distribution of a row given its label. */
export type NaiveBayesEvent = "multinomial" | "bernoulli" | "complement" | "gaussian";

/** Whole numbers in a type wide enough for them. */
export type WholeNumbers = Uint8Array | Uint16Array | Uint32Array;

/**
 * What naive Bayes learns of rows: sums alone, so that more rows can be added to them. An entry is a column and a label
 * that has it; the columns' entries follow one another, those of a column in ascending order of their labels.
 */
export interface NaiveBayesCounts {
  readonly event: NaiveBayesEvent;
  /** How many rows each label has; those with weights count so much. */
  readonly documents: Float64Array;
  /** How many entries each column has. */
  readonly entriesOfColumn: WholeNumbers;
  /** Number of each entry's label. */
  readonly entryLabels: WholeNumbers;
  /**
   * Multinomial and complement: the sum of the values, a number an entry. Bernoulli: how many rows have a value above 0.
   * Gaussian: three numbers an entry, over the rows that have the column: how many, the sum of their values, and the sum
   * of the squares of their differences from their mean.
   */
  readonly counts: Float64Array | WholeNumbers;
}

/** How many numbers an entry has. */
export function numbersOfEntry(event: NaiveBayesEvent): number {
  return event === "gaussian" ? 3 : 1;
}

/** Where the entries of each column begin, and where those of the last end: columns + 1 numbers. */
export function entryStarts(entriesOfColumn: WholeNumbers): Uint32Array {
  const starts = new Uint32Array(entriesOfColumn.length + 1);
  for (let column = 0; column < entriesOfColumn.length; column++)
    starts[column + 1] = starts[column] + entriesOfColumn[column];
  return starts;
}

/** Where entries lie, in far fewer bytes than `entryStarts`: memory that was never written to is slow to write. */
export interface EntryPlaces {
  readonly entriesOfColumn: WholeNumbers;
  /** Where the entries of every 64th column begin. */
  readonly starts: Uint32Array;
}

const columnsPerStart = 64;

/** Where the entries of a column begin. */
export function firstEntry({ entriesOfColumn, starts }: EntryPlaces, column: number): number {
  const known = Math.floor(column / columnsPerStart);
  let first = starts[known];
  for (let before = known * columnsPerStart; before < column; before++) first += entriesOfColumn[before];
  return first;
}

/** What a look at all entries tells. */
export interface EntrySurvey {
  readonly places: EntryPlaces;
  /** How many entries the columns say that they have. */
  readonly entries: number;
  /** Whether each entry is of a label that there is. */
  readonly areOfLabels: boolean;
  /** The sum of each label's counts. This and the next are nothing to go by for a Gaussian, whose entries are three numbers. */
  readonly totals: Float64Array;
  /** The largest count. */
  readonly largest: number;
}

/**
 * Looks at all entries in one go: when a file is opened by a new process each loop over a million of them takes
 * milliseconds, for it starts out interpreted.
 */
export function surveyEntries({ documents, entriesOfColumn, entryLabels, counts }: NaiveBayesCounts): EntrySurvey {
  const starts = new Uint32Array(Math.ceil(entriesOfColumn.length / columnsPerStart));
  let entries = 0;
  for (let column = 0; column < entriesOfColumn.length; column++) {
    if (column % columnsPerStart === 0) starts[column / columnsPerStart] = entries;
    entries += entriesOfColumn[column];
  }
  const totals = new Float64Array(documents.length);
  let [largest, largestLabel] = [0, 0];
  for (let entry = 0; entry < entryLabels.length; entry++) {
    const label = entryLabels[entry];
    const count = counts[entry];
    totals[label] += count;
    if (label > largestLabel) largestLabel = label;
    if (count > largest) largest = count;
  }
  return {
    places: { entriesOfColumn, starts },
    entries,
    areOfLabels: largestLabel < documents.length,
    totals,
    largest,
  };
}

type Entries = Pick<NaiveBayesCounts, "entriesOfColumn" | "entryLabels" | "counts">;

/** The same entries in narrow types, which take less memory and need not be converted when their file is opened. */
export function narrowedEntries<C extends Entries>(counted: C): C {
  return {
    ...counted,
    entriesOfColumn: narrowed(counted.entriesOfColumn),
    entryLabels: narrowed(counted.entryLabels),
    counts: narrowed(counted.counts),
  };
}

/** The entries of some columns alone, given in ascending order. */
export function keepEntries(
  { event, entriesOfColumn, entryLabels, counts }: NaiveBayesCounts,
  columns: Uint32Array,
): Entries {
  const starts = entryStarts(entriesOfColumn);
  const numbers = numbersOfEntry(event);
  const kept = columns.map((column) => entriesOfColumn[column]);
  const total = kept.reduce((sum, each) => sum + each, 0);
  const labelsKept = new Uint32Array(total);
  const countsKept = new Float64Array(total * numbers);
  let at = 0;
  for (const column of columns) {
    const [start, end] = [starts[column], starts[column + 1]];
    labelsKept.set(entryLabels.subarray(start, end), at);
    countsKept.set(counts.subarray(start * numbers, end * numbers), at * numbers);
    at += end - start;
  }
  return narrowedEntries({ entriesOfColumn: kept, entryLabels: labelsKept, counts: countsKept });
}

/** What was counted of each column, over all labels: of a Gaussian the rows that have it. */
export function countsOfColumns({ event, entriesOfColumn, counts }: NaiveBayesCounts): Float64Array {
  const numbers = numbersOfEntry(event);
  const totals = new Float64Array(entriesOfColumn.length);
  for (let column = 0, entry = 0; column < totals.length; column++)
    for (let left = entriesOfColumn[column]; left > 0; left--) totals[column] += counts[entry++ * numbers];
  return totals;
}
