import type { WholeNumbers } from "./naive-bayes-counts.js";
import type { LinearForm } from "./naive-bayes-linear.js";

/** With fewer labels than that, entries are as fast as a number a label. */
const fewestLabels = 4;

/** The columns that most labels have. */
export interface FullColumns {
  /** Whether a column of so many entries is one. */
  readonly isFull: (entries: number) => boolean;
  /** Adds a value times the delta of each label, of the column whose first entry that is. */
  readonly addFull: (scores: Float64Array, firstEntry: number, value: number) => void;
}

/**
 * The deltas of columns that at least half of the labels have, a number a label, 0 where it has none. They are few, but
 * texts have them most; added one beside the other they take an eighth of the time that entries take.
 */
export function fullColumns({
  other,
  places: { entriesOfColumn },
  entryLabels,
  deltas,
  codes,
}: LinearForm): FullColumns {
  const labels = other.length;
  const isFull = (entries: number): boolean => labels >= fewestLabels && 2 * entries >= labels;
  // A full column has at least 2 ** shift entries: so none shares the place of its first entry over that with another.
  const shift = Math.max(0, Math.floor(Math.log2(labels / 2)));
  const places = new Uint32Array(labels < fewestLabels ? 0 : 1 + (entryLabels.length >>> shift));
  const blocks = new Float64Array(labels < fewestLabels ? 0 : labels * countFull(entriesOfColumn, isFull));
  for (let column = 0, first = 0, place = 0; place < blocks.length; first += entriesOfColumn[column++]) {
    const entries = entriesOfColumn[column];
    if (!isFull(entries)) continue;
    places[first >>> shift] = place;
    for (let entry = first; entry < first + entries; entry++)
      blocks[place + entryLabels[entry]] = deltas[codes === undefined ? entry : codes[entry]];
    place += labels;
  }
  return { isFull, addFull: (scores, first, value) => addDeltas(scores, blocks, places[first >>> shift], value) };
}

function countFull(entriesOfColumn: WholeNumbers, isFull: FullColumns["isFull"]): number {
  let count = 0;
  for (let column = 0; column < entriesOfColumn.length; column++) count += Number(isFull(entriesOfColumn[column]));
  return count;
}

/** Four at a time, which takes half as long. */
function addDeltas(scores: Float64Array, deltas: Float64Array, start: number, value: number): void {
  const labels = scores.length;
  let label = 0;
  for (let at = start; label + 3 < labels; label += 4, at += 4) {
    scores[label] += value * deltas[at];
    scores[label + 1] += value * deltas[at + 1];
    scores[label + 2] += value * deltas[at + 2];
    scores[label + 3] += value * deltas[at + 3];
  }
  for (; label < labels; label++) scores[label] += value * deltas[start + label];
}
