import type { Params } from "../model-file.js";
import type { TermOptions } from "./terms.js";

/** What the params of every classifier over text features have. */
export interface TextParams extends Params {
  readonly labels: readonly string[];
  readonly features: TermOptions;
  readonly vocabulary: readonly string[];
}

/** Whether the parts that tell how a text is read are there, whoever wrote the params. */
export function readsTexts({ labels, features, vocabulary }: TextParams): boolean {
  return (
    isTexts(labels) &&
    new Set(labels).size === labels.length &&
    labels.length >= 2 &&
    isTexts(vocabulary) &&
    features?.ngrams >= 1 &&
    features.ngrams <= 5 &&
    typeof features.withoutAddresses === "boolean"
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
