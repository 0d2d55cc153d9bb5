import { BifocalError } from "@bifocal/contracts";
import type { LabelledText } from "../learner.js";
import { chooseColumns, withBeginnings } from "./choose-columns.js";
import { distinctTerms } from "./distinct-terms.js";
import { encodeVocabulary } from "./encode-vocabulary.js";
import type { FindTerms } from "./found-terms.js";
import { absent, longer } from "./hash-slots.js";
import { hashedTerms } from "./hashed-terms.js";
import { nodesByName } from "./named-nodes.js";
import { radixSorter } from "./radix-sort.js";
import { addRow, type RowEntries, rowEntries, rowsWith } from "./row-entries.js";
import { rowsOfColumns } from "./rows-of-columns.js";
import { labelsOf, type SparseDataset } from "./sparse-dataset.js";
import type { TextLearning } from "./text-features.js";
import type { TextParams } from "./text-params.js";
import { emptyVocabulary } from "./vocabulary.js";
import { allTerms } from "./vocabulary-terms.js";
import { inverseDocumentFrequencies, weigh } from "./weighting.js";

/** What is learned of texts before any weight: how to read them, and themselves as rows. */
export interface LearnedRows {
  readonly text: Pick<TextParams, "labels" | "features" | "vocabulary" | "columnWeights">;
  readonly data: SparseDataset;
}

/** Takes labelled texts one at a time, from a file of any length: it keeps none. */
export interface RowLearner {
  add(text: string, label: string): void;
  /**
   * What was learned; nothing can be added then.
   * @throws {BifocalError} `invalid-input` for fewer than two labels, or where no term is left.
   */
  finish(): LearnedRows;
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

/** A learner of vocabulary, column weights and rows from texts that come one at a time. */
export function createRowLearner(options: TextLearning): RowLearner {
  const entries = rowEntries();
  const targets = targetList();
  let columns: ColumnLearner | undefined = options.hashBits > 0 ? hashedColumns(options) : newColumns(options);
  const row = distinctTerms();
  return {
    add(text, label) {
      if (columns === undefined) throw new BifocalError("invalid-input", "These rows are learned already: start anew.");
      row.gather(columns.read(text));
      addRow(entries, row.indices, row.values, row.length, { withCounts: options.values !== "presence" });
      targets.add(label);
    },
    finish() {
      if (columns === undefined) throw new BifocalError("invalid-input", "These rows are learned already: start anew.");
      const labelled = targets.finish();
      const chosen = columns.finish(entries);
      // What was needed to read makes room for what was read.
      columns = undefined;
      const read = rowsOfColumns(entries, chosen.documents, chosen.columnOf);
      return weighed({ ...read, ...labelled }, chosen, options);
    },
  };
}

/** What finds the ids of texts' terms, and says at last which column each id has. */
interface ColumnLearner {
  readonly read: FindTerms;
  /** @param entries of all texts that were read */
  finish(entries: RowEntries): ChosenColumns;
}

interface ChosenColumns {
  /** In how many texts each column stands. */
  readonly documents: Int32Array;
  /** The column of each id, or `absent`; its own number where that is undefined. */
  readonly columnOf: Int32Array | undefined;
  readonly vocabulary: Uint8Array;
}

function newColumns(options: TextLearning): ColumnLearner {
  const vocabulary = emptyVocabulary();
  const { find, close } = allTerms(options, vocabulary);
  return {
    read: find,
    finish(entries) {
      const nodes = vocabulary.trie.size;
      const documents = rowsWith(entries, nodes);
      const sort = radixSorter();
      const named = nodesByName(vocabulary, sort);
      const chosen = chooseColumns(named, documents, options, sort);
      if (chosen.length === 0) throw nothingToLearnFrom(options);
      const columnOf = new Int32Array(nodes).fill(absent);
      for (let column = 0; column < chosen.length; column++) columnOf[chosen[column]] = column;
      const { trie } = vocabulary;
      const bytes = encodeVocabulary(trie, named, withBeginnings(trie, chosen), chosen.length);
      close();
      return { documents: chosen.map((node) => documents[node]), columnOf, vocabulary: bytes };
    },
  };
}

function hashedColumns(options: TextLearning): ColumnLearner {
  const columns = 2 ** options.hashBits;
  return {
    read: hashedTerms(options),
    finish: (entries) => ({
      documents: rowsWith(entries, columns),
      columnOf: undefined,
      vocabulary: new Uint8Array(),
    }),
  };
}

/** Numbers of labels that come one at a time, which become those of their order by code units. */
function targetList() {
  const numbers = new Map<string, number>();
  let targets: Int32Array = new Int32Array(1024);
  let length = 0;
  return {
    add(label: string): void {
      let number = numbers.get(label);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(label, number);
      }
      if (length === targets.length) targets = longer(targets, 2 * length);
      targets[length++] = number;
    },
    /** @throws {BifocalError} `invalid-input` for fewer than two labels. */
    finish(): Pick<SparseDataset, "targets" | "labels"> {
      const labels = labelsOf([...numbers.keys()].map((label) => ({ label })));
      const place = Int32Array.from(numbers.keys(), (label) => labels.indexOf(label));
      const ordered = new Uint32Array(new SharedArrayBuffer(4 * length));
      for (let i = 0; i < length; i++) ordered[i] = place[targets[i]];
      return { targets: ordered, labels };
    },
  };
}

function weighed(data: SparseDataset, { documents, vocabulary }: ChosenColumns, options: TextLearning): LearnedRows {
  const { minimumDocuments: _, maximumFeatures: __, ...features } = options;
  const { rows, offsets, indices, labels } = data;
  const columnWeights = features.inverseDocumentFrequency
    ? inverseDocumentFrequencies(rows, documents)
    : new Float32Array();
  const isPresence = features.values === "presence" && columnWeights.length === 0 && !features.scaleRows;
  const values = isPresence || data.values.length > 0 ? data.values : sharedOnes(indices.length);
  if (!isPresence)
    for (let row = 0; row < rows; row++)
      weigh(indices, values, features, columnWeights, offsets[row], offsets[row + 1]);
  return {
    text: { labels, features, vocabulary, columnWeights },
    data: { ...data, values, ...sharedColumnsOf(documents) },
  };
}

function sharedOnes(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * length)).fill(1);
}

/** Of columns that come by how many rows have them, the most first, the first that only one has; else nothing. */
function sharedColumnsOf(documents: Int32Array): Pick<SparseDataset, "sharedColumns"> {
  for (let column = 1; column < documents.length; column++) if (documents[column] > documents[column - 1]) return {};
  let sharedColumns = documents.length;
  while (sharedColumns > 0 && documents[sharedColumns - 1] <= 1) sharedColumns--;
  return { sharedColumns };
}

function nothingToLearnFrom({ minimumDocuments }: TextLearning): BifocalError {
  return new BifocalError(
    "invalid-input",
    minimumDocuments > 1
      ? `No term stands in ${minimumDocuments} texts. Lower minimumDocuments, or give more texts.`
      : "No text has a term. Give texts with words, or features that they have (ngrams, longestCharacters, tokenizer).",
  );
}
