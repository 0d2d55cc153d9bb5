import type { Params } from "../model-file.js";
import type { TextFeatures } from "./text-features.js";

/** What the params of every classifier over text features have. */
export interface TextParams extends Params {
  readonly labels: readonly string[];
  readonly features: TextFeatures;
  /** The terms, in the form that loads fastest: `termsOf` tells them, `columnsOf` their number. */
  readonly vocabulary: readonly string[];
  /** What each column's value is multiplied with; empty where that is 1. */
  readonly columnWeights: Float32Array;
}

/** The part of the params that turns texts into rows. */
export type TextReading = Pick<TextParams, "features" | "vocabulary" | "columnWeights">;

/** How many columns a row may have. */
export function columnsOf({ vocabulary }: TextReading): number {
  return vocabulary.length;
}

/** The term of each column: "good", "good film". */
export function termsOf({ vocabulary }: TextReading): readonly string[] {
  return vocabulary;
}

/** Whether the parts that tell how a text is read are there, whoever wrote the params. */
export function readsTexts({ labels, features, vocabulary, columnWeights }: TextParams): boolean {
  return (
    isTexts(labels) &&
    new Set(labels).size === labels.length &&
    labels.length >= 2 &&
    isTexts(vocabulary) &&
    isTextFeatures(features) &&
    [0, vocabulary.length].includes(columnWeights?.length)
  );
}

function isTextFeatures(features: TextFeatures | undefined): boolean {
  return (
    features !== undefined &&
    features.tokenizer === "word" &&
    features.ngrams >= 1 &&
    features.ngrams <= 5 &&
    ["presence", "count", "logarithm"].includes(features.values) &&
    typeof features.inverseDocumentFrequency === "boolean" &&
    typeof features.scaleRows === "boolean" &&
    typeof features.withoutAddresses === "boolean"
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
