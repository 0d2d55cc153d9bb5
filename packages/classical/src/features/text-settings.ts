import type { Settings } from "../learner.js";
import type { VocabularyOptions } from "./vocabulary.js";

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
  withoutAddresses: { type: "boolean", default: false, about: "leave out e-mail addresses, URLs and numbers" },
} as const;

/** The settings as the vocabulary takes them; they were checked against `textSettings`. */
export function vocabularyOptions(settings: Settings): VocabularyOptions {
  return {
    ngrams: settings.ngrams as number,
    minimumDocuments: settings.minimumDocuments as number,
    maximumFeatures: settings.maximumFeatures as number,
    withoutAddresses: settings.withoutAddresses as boolean,
  };
}
