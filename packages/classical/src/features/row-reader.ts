import type { LabelledText } from "../learner.js";
import { type SparseDataset, sparseDataset } from "./sparse-dataset.js";
import { terms } from "./terms.js";
import { columnsOf, type TextReading, termsOf } from "./text-params.js";
import { weigh } from "./weighting.js";

/**
 * A text as a row: entries 0 to `length - 1` of `indices` and `values`, each column once. The arrays are the reader's
 * own, and hold the row until its next call.
 */
export interface TextRow {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  readonly length: number;
  /** How many tokens were read, known or not. */
  readonly tokens: number;
}

/** A term of the vocabulary where it stands in a text: UTF-16 offsets into the text as given, `end` exclusive. */
export interface Occurrence {
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** The reader of a trained model's rows: unknown terms are left out, and so an empty row is possible. */
export function rowReader(reading: TextReading): (text: string) => TextRow {
  const { features, columnWeights } = reading;
  const numbers = numbersOf(reading);
  return (text) => {
    const { terms: found, tokens } = terms(text, features);
    const counts = new Map<number, number>();
    for (const { term } of found) {
      const column = numbers.get(term);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    const columns = [...counts].sort(([a], [b]) => a - b);
    const indices = Uint32Array.from(columns, ([column]) => column);
    const values = Float32Array.from(columns, ([, count]) => count);
    weigh(indices, values, features, columnWeights);
    return { indices, values, length: indices.length, tokens };
  };
}

/** Where each term of the vocabulary stands in a text, in order of reading: slower than a row, for explanations. */
export function occurrenceReader(reading: TextReading): (text: string) => Occurrence[] {
  const numbers = numbersOf(reading);
  return (text) =>
    terms(text, reading.features).terms.flatMap(({ term, start, end }) => {
      const column = numbers.get(term);
      return column === undefined ? [] : [{ column, start, end }];
    });
}

/** Reads labelled texts as a trained model reads them. @throws {BifocalError} `invalid-input` for fewer than two labels. */
export function readDataset(reading: TextReading, items: readonly LabelledText[]): SparseDataset {
  const read = rowReader(reading);
  const rows = items.map(({ text }) => {
    const { indices, values, length } = read(text);
    return { indices: indices.slice(0, length), values: values.slice(0, length) };
  });
  return sparseDataset(rows, columnsOf(reading), items);
}

function numbersOf(reading: TextReading): Map<string, number> {
  return new Map(termsOf(reading).map((term, column) => [term, column]));
}
