import { BifocalError } from "@bifocal/contracts";
import { withBeginnings } from "./choose-columns.js";
import { encodeVocabulary } from "./encode-vocabulary.js";
import { nodesByName } from "./named-nodes.js";
import type { TextReading } from "./text-params.js";
import { decodeVocabulary } from "./vocabulary-bytes.js";

/**
 * The same reading of texts with only these columns, in that order: column `columns[i]` becomes `i`.
 * @throws {BifocalError} `unsupported` where terms are hashed: any may fall into any column.
 */
export function keepColumns<R extends TextReading>(reading: R, columns: ArrayLike<number>): R {
  const { features, vocabulary, columnWeights } = reading;
  if (features.hashBits > 0)
    throw new BifocalError("unsupported", "Hashed columns cannot be chosen from. Train with hashBits=0.");
  // Columns are the first nodes.
  const chosen = Int32Array.from(columns);
  const decoded = decodeVocabulary(vocabulary);
  return {
    ...reading,
    vocabulary: encodeVocabulary(
      decoded.trie,
      nodesByName(decoded),
      withBeginnings(decoded.trie, chosen),
      chosen.length,
    ),
    columnWeights:
      columnWeights.length > 0 ? Float32Array.from(chosen, (column) => columnWeights[column]) : columnWeights,
  };
}
