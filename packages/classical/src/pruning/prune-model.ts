import { BifocalError } from "@bifocal/contracts";
import { rowReader } from "../features/row-reader.js";
import { columnsOf, type TextReading, termsOf } from "../features/text-params.js";
import { linearScoresOf, modelKindOf } from "../learners.js";
import { type EncodeOptions, encodeModel, type SavedModel } from "../model-file.js";
import { columnsByImportance } from "./column-importance.js";

/** How small a model is to become. */
export interface PruneOptions extends EncodeOptions {
  /** The most that the file may take. */
  readonly maximumBytes: number;
  /** Texts such as the model will read, by which frequent terms are told from rare ones; naive Bayes knows without. */
  readonly texts?: Iterable<string>;
}

/** A model made smaller, and what that took. */
export interface PrunedModel {
  readonly model: SavedModel;
  /** The model's file, of at most `maximumBytes`. */
  readonly file: Uint8Array;
  /** How many terms are left. */
  readonly kept: number;
  /** How many went, and those of them that mattered most. */
  readonly dropped: { readonly count: number; readonly strongest: readonly string[] };
}

const namedDropped = 10;

/**
 * Drops the terms that matter least (see `columnsByImportance`), of every label the same share, until a classifier's file fits a size. Naive Bayes
 * is then what it would be had it been trained on the terms that are left; linear models keep their weights as they are.
 * Fingerprints of training texts are kept: they are part of what a model says of itself.
 * @throws {BifocalError} `unsupported` for a model whose terms cannot be dropped; `invalid-input` where no size is so
 * small; the message says how small it can be
 * @example const { file, dropped } = pruneModel(await trainModel("naive-bayes", items, { id: "mine" }), { maximumBytes: 500_000 });
 */
export function pruneModel(model: SavedModel, { maximumBytes, texts, ...encode }: PruneOptions): PrunedModel {
  if (!(maximumBytes > 0)) throw new BifocalError("invalid-input", "maximumBytes must be a number above 0.");
  const scores = linearScoresOf(model);
  const { keepColumns, columnFrequencies } = modelKindOf(model.params, model.card.id);
  const terms = scores === undefined ? [] : termsOf(scores.reading);
  if (scores === undefined || keepColumns === undefined || terms.length === 0)
    throw new BifocalError(
      "unsupported",
      `${model.card.id} (${model.card.family}) has no terms that could be dropped. A classifier that is linear in its terms has; what others keep is set when they are trained.`,
    );
  const frequencies = texts === undefined ? columnFrequencies?.(model.params) : frequenciesIn(texts, scores.reading);
  const order = columnsByImportance(scores, frequencies);
  const withTerms = (count: number): PrunedModel => {
    const smaller = { ...model, params: keepColumns(model.params, order.slice(0, count).sort()) };
    const strongest = Array.from(order.subarray(count, count + namedDropped), (column) => terms[column]);
    const dropped = { count: order.length - count, strongest };
    return { model: smaller, file: encodeModel(smaller, encode), kept: count, dropped };
  };
  const whole = { model, file: encodeModel(model, encode), kept: order.length, dropped: { count: 0, strongest: [] } };
  return whole.file.length <= maximumBytes
    ? whole
    : largestThatFits(withTerms, order.length, maximumBytes, model.card.id);
}

function largestThatFits(
  withTerms: (count: number) => PrunedModel,
  terms: number,
  maximumBytes: number,
  id: string,
): PrunedModel {
  let best = withTerms(1);
  if (best.file.length > maximumBytes)
    throw new BifocalError("invalid-input", `${id} cannot be smaller than ${best.file.length} bytes, with one term.`);
  for (let beyond = terms; beyond - best.kept > 1; ) {
    const tried = withTerms((best.kept + beyond) >> 1);
    if (tried.file.length <= maximumBytes) best = tried;
    else beyond = tried.kept;
  }
  return best;
}

/** In how many of the texts each column stands. */
function frequenciesIn(texts: Iterable<string>, reading: TextReading): Float64Array {
  const frequencies = new Float64Array(columnsOf(reading));
  const read = rowReader(reading);
  for (const text of texts) {
    const { indices, length } = read(text);
    for (let k = 0; k < length; k++) frequencies[indices[k]]++;
  }
  return frequencies;
}
