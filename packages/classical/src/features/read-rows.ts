import { BifocalError } from "@bifocal/contracts";
import type { LabelledText, Settings } from "../learner.js";
import { rowReader } from "./row-reader.js";
import type { SparseDataset } from "./sparse-dataset.js";
import { columnsOf, type TextParams, type TextReading } from "./text-params.js";
import { textLearning } from "./text-settings.js";

/**
 * How texts are read that are not known beforehand: their terms hashed.
 * @throws {BifocalError} `invalid-input` for settings that need all texts at once.
 */
export function hashedReading(settings: Settings): TextReading {
  const { minimumDocuments: _, maximumFeatures: __, ...features } = textLearning(settings);
  if (features.hashBits === 0) throw needsAll("a vocabulary", "set hashBits above 0");
  if (features.inverseDocumentFrequency) throw needsAll("inverseDocumentFrequency", "leave it out");
  return { features, vocabulary: new Uint8Array(), columnWeights: new Float32Array() };
}

function needsAll(what: string, remedy: string): BifocalError {
  return new BifocalError(
    "invalid-input",
    `${what} is learned from all texts at once: ${remedy} to learn a few at a time.`,
  );
}

/** Reads labelled texts as rows, as a model does: terms that it does not know are left out. */
export function readRows(
  reading: TextReading & Pick<TextParams, "labels">,
): (items: readonly LabelledText[]) => SparseDataset {
  const read = rowReader(reading);
  const { labels } = reading;
  const columns = columnsOf(reading);
  return (items) => {
    const rows = items.map(({ text }) => {
      const { indices, values, length } = read(text);
      return { indices: indices.slice(0, length), values: values.slice(0, length) };
    });
    const offsets = new Uint32Array(rows.length + 1);
    for (const [row, { indices }] of rows.entries()) offsets[row + 1] = offsets[row] + indices.length;
    const data = { indices: new Uint32Array(offsets[rows.length]), values: new Float32Array(offsets[rows.length]) };
    for (const [row, { indices, values }] of rows.entries()) {
      data.indices.set(indices, offsets[row]);
      data.values.set(values, offsets[row]);
    }
    const targets = Uint32Array.from(items, ({ label }) => labels.indexOf(label));
    const weights = Float32Array.from(items, ({ weight = 1 }) => weight);
    return { rows: rows.length, columns, offsets, ...data, targets, labels, weights };
  };
}
