import type { Settings } from "../learner.js";
import type { TermValues, TextLearning } from "./text-features.js";

/** The settings of every learner that reads texts as features. */
export const textSettings = {
  ngrams: { type: "integer", min: 1, max: 5, default: 2, about: "longest run of words that is a feature" },
  minimumDocuments: { type: "integer", min: 1, max: 1_000_000, default: 1, about: "leave out terms in fewer texts" },
  maximumFeatures: {
    type: "integer",
    min: 1,
    max: 10_000_000,
    default: 1_000_000,
    about: "keep the terms in the most texts",
  },
  values: {
    type: "string",
    default: "presence",
    about: "what a term counts: presence (1), count, or logarithm (1 + ln count)",
  },
  inverseDocumentFrequency: { type: "boolean", default: false, about: "weigh rare terms more than common ones" },
  scaleRows: { type: "boolean", default: false, about: "divide each text's features by their length" },
  withoutAddresses: { type: "boolean", default: false, about: "leave out e-mail addresses, URLs and numbers" },
} as const;

/** The settings as `learnRows` takes them; they were checked against `textSettings`. */
export function textLearning(settings: Settings): TextLearning {
  return {
    tokenizer: "word",
    ngrams: settings.ngrams as number,
    values: settings.values as TermValues,
    inverseDocumentFrequency: settings.inverseDocumentFrequency as boolean,
    scaleRows: settings.scaleRows as boolean,
    withoutAddresses: settings.withoutAddresses as boolean,
    minimumDocuments: settings.minimumDocuments as number,
    maximumFeatures: settings.maximumFeatures as number,
  };
}
