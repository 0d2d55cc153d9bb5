import { BifocalError } from "@bifocal/contracts";
import type { LabelledText } from "../learner.js";
import { labelsOf } from "./sparse-dataset.js";
import { type FeatureRow, featureReader, learnVocabulary, type VocabularyOptions } from "./vocabulary.js";

/** Learns the vocabulary of labelled texts and reads them with it. @throws {BifocalError} `invalid-input` where there is nothing to learn from. */
export function readRows(
  items: readonly LabelledText[],
  options: VocabularyOptions,
): { vocabulary: string[]; rows: FeatureRow[] } {
  labelsOf(items);
  const vocabulary = learnVocabulary(
    items.map(({ text }) => text),
    options,
  );
  if (vocabulary.length === 0) {
    throw new BifocalError(
      "invalid-input",
      `No term stands in ${options.minimumDocuments} texts. Lower minimumDocuments, or give more texts.`,
    );
  }
  const read = featureReader(vocabulary, options);
  return { vocabulary, rows: items.map(({ text }) => read(text)) };
}
