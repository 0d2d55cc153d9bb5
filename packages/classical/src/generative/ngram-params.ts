import { type TextUnit, type TextUnitName, textUnits } from "../features/text-units.js";
import { type Params, unfitting } from "../model-file.js";
import type { NgramForest } from "./ngram-forest.js";
import { type NgramTable, openForest } from "./ngram-open-forest.js";
import { spellingSymbols } from "./ngram-spelling.js";
import { encoder, symbolCount } from "./ngram-vocabulary.js";

/** What n-gram models of texts have in common: how they read a text, and the n-grams, of which the last spell what is unknown. */
export interface NgramReading extends Params, NgramForest {
  readonly unit: TextUnitName;
  /** Units by symbol, from the first own one on, the most frequent first. */
  readonly vocabulary: readonly string[];
}

/** What the learner `ngram` learns. */
export interface NgramParams extends NgramReading {
  readonly kind: "ngram";
}

/** The params, opened for questions. */
export interface OpenNgrams {
  readonly unit: TextUnit;
  /** The unit of each symbol; empty for start, end and unknown. */
  readonly units: readonly string[];
  /** A text as units, and as symbols without start and end. */
  readonly read: (text: string) => { readonly units: readonly string[]; readonly symbols: Uint32Array };
  /** As many as there are, over the same symbols. */
  readonly tables: readonly NgramTable[];
  readonly spelling: NgramTable;
}

/**
 * @param count how many tables there should be beside the spelling
 * @throws {BifocalError} `model-damaged` where the parts do not fit together.
 */
export function openNgrams(params: NgramReading, count: number, id: string): OpenNgrams {
  const { vocabulary, unit: name, alphabets } = params;
  const isWhole =
    Object.hasOwn(textUnits, name) && Array.isArray(vocabulary) && vocabulary.every((each) => typeof each === "string");
  if (!isWhole) throw unfitting(id);
  const tables = openForest(params, id);
  const spelling = tables.pop();
  const symbols = symbolCount(vocabulary);
  const fits = alphabets.every((each, i) => each === (i < count ? symbols : spellingSymbols));
  if (spelling === undefined || tables.length !== count || !fits) throw unfitting(id);
  const unit: TextUnit = textUnits[name];
  const encode = encoder(vocabulary);
  const read = (text: string) => {
    const units = unit.split(text);
    return { units, symbols: encode(units) };
  };
  return { unit, units: ["", "", "", ...vocabulary], read, tables, spelling };
}
