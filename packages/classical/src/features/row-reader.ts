import { distinctTerms } from "./distinct-terms.js";
import type { FindTerms } from "./found-terms.js";
import { hashedTerms } from "./hashed-terms.js";
import type { TextReading } from "./text-params.js";
import { knownTerms } from "./vocabulary-terms.js";
import { weigh } from "./weighting.js";

/**
 * A text as a row: entries 0 to `length - 1` of `indices` and `values`, each column once. The arrays are the reader's
 * own, and hold the row until its next call; columns come in the order of their first finding.
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
  const find = finderOf(reading);
  const row = distinctTerms();
  return (text) => {
    const found = find(text);
    row.gather(found);
    const { indices, values, length } = row;
    weigh(indices, values, features, columnWeights, 0, length);
    return { indices, values, length, tokens: found.tokens };
  };
}

/** Where each term of the vocabulary stands in a text, in order of reading: slower than a row, for explanations. */
export function occurrenceReader(reading: TextReading): (text: string) => Occurrence[] {
  const find = finderOf(reading);
  return (text) => {
    const { ids, length, bounds = [] } = find(text, { withBounds: true });
    return Array.from({ length }, (_, k) => ({ column: ids[k], start: bounds[2 * k], end: bounds[2 * k + 1] }));
  };
}

function finderOf({ features, vocabulary }: TextReading): FindTerms {
  return features.hashBits > 0 ? hashedTerms(features) : knownTerms(features, vocabulary);
}
