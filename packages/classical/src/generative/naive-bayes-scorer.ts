import type { TextRow } from "../features/row-reader.js";
import { entryStarts, firstEntry } from "./naive-bayes-counts.js";
import { fullColumns } from "./naive-bayes-full-columns.js";
import type { LinearForm } from "./naive-bayes-linear.js";

type Row = Pick<TextRow, "indices" | "values" | "length">;

/** The function from a row to the score of each label. */
export function formScorer(form: LinearForm): (row: Row) => Float64Array {
  const { bias, other, scale, ofColumn, entryLabels, deltas, codes, binary } = form;
  const findEntries = entryFinder(form);
  const { isFull, addFull } = fullColumns(form);
  return ({ indices, values, length }) => {
    const { firsts, ends, firstLabels, firstDeltas } = findEntries(indices, length);
    const scores = new Float64Array(bias.length);
    let total = 0;
    let shared = 0;
    for (let k = 0; k < length; k++) {
      const value = binary ? Number(values[k] > 0) : values[k];
      total += value;
      if (ofColumn.length > 0) shared += value * ofColumn[indices[k]];
      const first = firsts[k];
      const end = ends[k];
      if (first === end) continue;
      if (isFull(end - first)) {
        addFull(scores, first, value);
        continue;
      }
      scores[firstLabels[k]] += value * firstDeltas[k];
      for (let entry = first + 1; entry < end; entry++)
        scores[entryLabels[entry]] += value * deltas[codes === undefined ? entry : codes[entry]];
    }
    for (let label = 0; label < scores.length; label++)
      scores[label] = bias[label] + scale[label] * (scores[label] + total * other[label] + shared);
    return scores;
  };
}

/** Where the entries of a row's columns lie, and the first of each. */
interface RowOfEntries {
  firsts: Uint32Array;
  ends: Uint32Array;
  firstLabels: Uint32Array;
  firstDeltas: Float64Array;
}

/** A table of where all columns' entries begin is made once so large a share of them was looked up. */
const worthATable = 1 / 8;

/** Finds entries in loops without a branch, so that the processor asks the memory for many columns at once. */
function entryFinder({
  places,
  entryLabels,
  deltas,
  codes,
}: LinearForm): (indices: Uint32Array, length: number) => RowOfEntries {
  const { entriesOfColumn } = places;
  let row = rowOfEntries(256);
  let untilTable = entriesOfColumn.length * worthATable;
  let starts: Uint32Array | undefined;
  return (indices, length) => {
    untilTable -= length;
    if (untilTable < 0) starts ??= entryStarts(entriesOfColumn);
    if (row.firsts.length < length) row = rowOfEntries(2 * length);
    const { firsts, ends, firstLabels, firstDeltas } = row;
    for (let k = 0; k < length; k++) {
      firsts[k] = starts === undefined ? firstEntry(places, indices[k]) : starts[indices[k]];
      ends[k] = firsts[k] + entriesOfColumn[indices[k]];
    }
    for (let k = 0; k < length; k++) {
      firstLabels[k] = entryLabels[firsts[k]];
      firstDeltas[k] = deltas[codes === undefined ? firsts[k] : codes[firsts[k]]];
    }
    return row;
  };
}

function rowOfEntries(room: number): RowOfEntries {
  return {
    firsts: new Uint32Array(room),
    ends: new Uint32Array(room),
    firstLabels: new Uint32Array(room),
    firstDeltas: new Float64Array(room),
  };
}
