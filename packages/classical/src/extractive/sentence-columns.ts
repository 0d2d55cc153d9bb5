import { cuesOf, type ReadSentences, sentenceFeatures } from "./sentence-features.js";

/**
 * How what is read of a sentence becomes a row of ones, the same for both lenses: of each feature the range that its
 * value is in, and every cue that stands in the sentence.
 */
export interface SentenceColumns {
  /** Where the ranges of each feature part, ascending; a value equal to an edge is in the range above it. */
  readonly edges: Readonly<Record<string, readonly number[]>>;
  /** In order of code units. */
  readonly cues: readonly string[];
}

/** The edges of each feature, in the order of `sentenceFeatures`. */
export function edgesInOrder({ edges }: SentenceColumns): readonly (readonly number[])[] {
  return sentenceFeatures.map((name) => edges[name] ?? []);
}

/** How many columns the ranges take, before those of the cues. */
export function rangeColumns(columns: SentenceColumns): number {
  return edgesInOrder(columns).reduce((sum, edges) => sum + edges.length + 1, 0);
}

/** Reads the row of each sentence of a text: its columns, ascending. */
export function sentenceRowReader(columns: SentenceColumns): (read: ReadSentences) => Uint32Array[] {
  const edgesOf = edgesInOrder(columns);
  const firstCue = rangeColumns(columns);
  const columnOfCue = new Map(columns.cues.map((cue, i) => [cue, firstCue + i]));
  return ({ words, features }) =>
    words.map((own, sentence) => {
      const row: number[] = [];
      let first = 0;
      for (const [i, name] of sentenceFeatures.entries()) {
        row.push(first + rangeOf(features[name][sentence], edgesOf[i]));
        first += edgesOf[i].length + 1;
      }
      for (const cue of cuesOf(own)) {
        const column = columnOfCue.get(cue);
        if (column !== undefined) row.push(column);
      }
      return Uint32Array.from(row).sort();
    });
}

/** How many edges are not above the value. */
function rangeOf(value: number, edges: readonly number[]): number {
  let range = 0;
  while (range < edges.length && edges[range] <= value) range++;
  return range;
}
