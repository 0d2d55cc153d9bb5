import type { Contribution, Span } from "@bifocal/contracts";
import { occurrenceReader, rowReader } from "../features/row-reader.js";
import type { TextReading } from "../features/text-params.js";
import { tokenReader } from "./token-reader.js";

/**
 * Shares a text's score out over its tokens. What a term adds, value · weight, is divided evenly among the places where
 * it stands, and in each evenly among its tokens: the parts add up to the whole, whatever the values and the scaling.
 */
export function contributionReader(
  reading: TextReading,
  binary = false,
): (text: string, weightOf: (column: number) => number) => Contribution[] {
  const readRow = rowReader(reading);
  const readOccurrences = occurrenceReader(reading);
  const readTokens = tokenReader(reading);
  return (text, weightOf) => {
    const added = new Map<number, number>();
    const { indices, values, length } = readRow(text);
    for (let k = 0; k < length; k++) added.set(indices[k], (binary ? 1 : values[k]) * weightOf(indices[k]));
    const occurrences = readOccurrences(text);
    const places = new Map<number, number>();
    for (const { column } of occurrences) places.set(column, (places.get(column) ?? 0) + 1);
    const tokens = readTokens(text);
    const weights = new Float64Array(tokens.length);
    for (const { column, start, end } of occurrences)
      shareOut((added.get(column) ?? 0) / (places.get(column) ?? 1), tokensWithin(tokens, start, end), weights);
    return tokens.map((token, i) => ({ ...token, weight: weights[i] }));
  };
}

function shareOut(weight: number, [first, last]: readonly [number, number], weights: Float64Array): void {
  for (let i = first; i < last; i++) weights[i] += weight / (last - first);
}

/** First and behind the last of the tokens that a stretch of the text touches. */
function tokensWithin(tokens: readonly Span[], start: number, end: number): [first: number, last: number] {
  let first = 0;
  for (let beyond = tokens.length; first < beyond; ) {
    const middle = (first + beyond) >> 1;
    if (tokens[middle].end <= start) first = middle + 1;
    else beyond = middle;
  }
  let last = first;
  while (last < tokens.length && tokens[last].start < end) last++;
  return [first, last];
}
