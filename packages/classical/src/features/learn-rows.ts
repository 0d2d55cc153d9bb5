import { BifocalError } from "@bifocal/contracts";
import type { LabelledText } from "../learner.js";
import { readDataset } from "./row-reader.js";
import { labelsOf, type SparseDataset } from "./sparse-dataset.js";
import type { TextFeatures, TextLearning } from "./text-features.js";
import type { TextParams } from "./text-params.js";
import { learnVocabulary } from "./vocabulary.js";
import { inverseDocumentFrequencies, weigh } from "./weighting.js";

/** What is learned of texts before any weight: how to read them, and themselves as rows. */
export interface LearnedRows {
  readonly text: Pick<TextParams, "labels" | "features" | "vocabulary" | "columnWeights">;
  readonly data: SparseDataset;
}

/** Takes labelled texts one at a time, from a file of any length: it keeps none. */
export interface RowLearner {
  add(text: string, label: string): void;
  /** @throws {BifocalError} `invalid-input` for fewer than two labels, or where no term is left. */
  finish(): LearnedRows;
}

/** A learner of vocabulary, column weights and rows from texts that come one at a time. */
export function createRowLearner(options: TextLearning): RowLearner {
  const items: LabelledText[] = [];
  return {
    add: (text, label) => {
      items.push({ text, label });
    },
    finish: () => learnFrom(items, options),
  };
}

/**
 * Learns the vocabulary and the column weights of labelled texts and reads them, in one pass.
 * @throws {BifocalError} `invalid-input` for fewer than two labels, or where no term is left.
 */
export function learnRows(items: Iterable<LabelledText>, options: TextLearning): LearnedRows {
  const learner = createRowLearner(options);
  for (const { text, label } of items) learner.add(text, label);
  return learner.finish();
}

function learnFrom(items: readonly LabelledText[], options: TextLearning): LearnedRows {
  const labels = labelsOf(items);
  const vocabulary = learnVocabulary(
    items.map(({ text }) => text),
    options,
  );
  if (vocabulary.length === 0) throw nothingToLearnFrom(options);
  const { minimumDocuments: _, maximumFeatures: __, ...features } = options;
  const data = readDataset({ features: { ...features, ...asCounts }, vocabulary, columnWeights: none }, items);
  const columnWeights = features.inverseDocumentFrequency ? inverseDocumentFrequencies(data) : none;
  weighRows(data, features, columnWeights);
  return { text: { labels, features, vocabulary, columnWeights }, data };
}

const none = new Float32Array();
const asCounts = { values: "count", scaleRows: false } as const;

function weighRows({ rows, offsets, indices, values }: SparseDataset, features: TextFeatures, weights: Float32Array) {
  for (let row = 0; row < rows; row++) weigh(indices, values, features, weights, offsets[row], offsets[row + 1]);
}

function nothingToLearnFrom({ minimumDocuments }: TextLearning): BifocalError {
  return new BifocalError(
    "invalid-input",
    `No term stands in ${minimumDocuments} texts. Lower minimumDocuments, or give more texts.`,
  );
}
