import type { Params } from "../model-file.js";
import { type TextFeatures, termValues } from "./text-features.js";
import { tokenizers } from "./tokenizers/tokenizers.js";
import { termOf } from "./vocabulary.js";
import { columnsOfBytes, decodeVocabulary } from "./vocabulary-bytes.js";

/** What the params of every classifier over text features have. */
export interface TextParams extends Params {
  readonly labels: readonly string[];
  readonly features: TextFeatures;
  /** The terms as `encodeVocabulary` writes them: `termsOf` tells them, `columnsOf` their number. Empty where terms are hashed. */
  readonly vocabulary: Uint8Array;
  /** What each column's value is multiplied with; empty where that is 1. */
  readonly columnWeights: Float32Array;
}

/** The part of the params that turns texts into rows. */
export type TextReading = Pick<TextParams, "features" | "vocabulary" | "columnWeights">;

/** How many columns a row may have. */
export function columnsOf({ features, vocabulary }: TextReading): number {
  return features.hashBits > 0 ? 2 ** features.hashBits : columnsOfBytes(vocabulary);
}

/** The term of each column: "good", "good film"; where terms are hashed, all that is known: "#0", "#1". */
export function termsOf({ features, vocabulary }: TextReading): string[] {
  if (features.hashBits > 0) return Array.from({ length: 2 ** features.hashBits }, (_, column) => `#${column}`);
  const decoded = decodeVocabulary(vocabulary);
  return Array.from({ length: decoded.columns }, (_, column) => termOf(decoded, column));
}

/** Whether the parts that tell how a text is read are there, whoever wrote the params. */
export function readsTexts(params: TextParams): boolean {
  const { labels, features, vocabulary, columnWeights } = params;
  return (
    isTexts(labels) &&
    new Set(labels).size === labels.length &&
    labels.length >= 2 &&
    isTextFeatures(features) &&
    vocabulary instanceof Uint8Array &&
    vocabulary.length > 0 !== features.hashBits > 0 &&
    [0, columnsOf(params)].includes(columnWeights?.length)
  );
}

function isTextFeatures(features: TextFeatures | undefined): boolean {
  return (
    features !== undefined &&
    Object.hasOwn(tokenizers, features.tokenizer) &&
    isWithin(features.ngrams, 0, 5) &&
    isWithin(features.hashBits, 0, 24) &&
    isRange(features.characterNgrams) &&
    termValues.includes(features.values) &&
    typeof features.inverseDocumentFrequency === "boolean" &&
    typeof features.scaleRows === "boolean" &&
    typeof features.withoutAddresses === "boolean"
  );
}

function isRange(range: readonly [number, number] | undefined): boolean {
  return range === undefined || (isWithin(range[0], 1, 8) && isWithin(range[1], range[0], 8));
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
