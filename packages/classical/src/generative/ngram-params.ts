import { BifocalError } from "@bifocal/contracts";
import { splitPieces } from "../features/pieces.js";
import type { Params } from "../model-file.js";
import { type KneserNey, openKneserNey } from "./kneser-ney.js";
import { endSymbol, type NgramTable, startSymbol } from "./ngram-table.js";

/** Stands for every piece that is not in the vocabulary. */
export const unknownSymbol = 2;
const firstPiece = 3;

/** What the learner `ngram` learns: n-grams of pieces, and n-grams of bytes that spell the pieces it does not know. */
export interface NgramParams extends Params {
  readonly kind: "ngram";
  /** Pieces by symbol, from symbol 3 on, the most frequent first. */
  readonly vocabulary: readonly string[];
  readonly ids: Uint32Array;
  readonly counts: Uint32Array;
  readonly children: Uint32Array;
  readonly discounts: readonly number[];
  readonly spellingSymbols: number;
  readonly spellingIds: Uint32Array;
  readonly spellingCounts: Uint32Array;
  readonly spellingChildren: Uint32Array;
  readonly spellingDiscounts: readonly number[];
}

/** The two tables and the vocabulary as params; flat, so that a model file keeps each array as a block. */
export function packNgrams(vocabulary: readonly string[], text: NgramTable, spelling: NgramTable): NgramParams {
  return {
    kind: "ngram",
    version: 1,
    vocabulary,
    ids: text.ids,
    counts: text.counts,
    children: text.children,
    discounts: text.discounts,
    spellingSymbols: spelling.symbols,
    spellingIds: spelling.ids,
    spellingCounts: spelling.counts,
    spellingChildren: spelling.children,
    spellingDiscounts: spelling.discounts,
  };
}

/** How many symbols there are with such a vocabulary. */
export function symbolCount(vocabulary: readonly string[]): number {
  return vocabulary.length + firstPiece;
}

/** A text as symbols, with its start and without an end. */
function encodePieces(pieces: readonly string[], symbolOf: ReadonlyMap<string, number>): number[] {
  return [startSymbol, ...pieces.map((piece) => symbolOf.get(piece) ?? unknownSymbol)];
}

/** The symbol of each piece. */
export function symbolsOf(vocabulary: readonly string[]): Map<string, number> {
  return new Map(vocabulary.map((piece, i) => [piece, i + firstPiece]));
}

/** The params, opened for questions. */
export interface OpenNgrams {
  /** The piece of each symbol; empty for start, end and unknown. */
  readonly pieces: readonly string[];
  readonly symbolOf: ReadonlyMap<string, number>;
  readonly text: KneserNey;
  readonly spelling: KneserNey;
}

/** @throws {BifocalError} `model-damaged` where the parts do not fit together. */
export function openNgrams(params: NgramParams, id: string): OpenNgrams {
  const { vocabulary = [], ids, counts, children, discounts } = params;
  const text = { symbols: symbolCount(vocabulary), ids, counts, children, discounts };
  const spelling = {
    symbols: params.spellingSymbols,
    ids: params.spellingIds,
    counts: params.spellingCounts,
    children: params.spellingChildren,
    discounts: params.spellingDiscounts,
  };
  if (!fits(text) || !fits(spelling))
    throw new BifocalError("model-damaged", `The n-grams of ${id} do not fit together. Get or train it again.`);
  return {
    pieces: ["", "", "", ...vocabulary],
    symbolOf: symbolsOf(vocabulary),
    text: openKneserNey(text),
    spelling: openKneserNey(spelling),
  };
}

/** Every n-gram is the child of one, every symbol exists, and the discounts leave every probability above 0. */
function fits({ symbols, ids, counts, children, discounts }: NgramTable): boolean {
  if (![ids, counts, children].every((array) => array instanceof Uint32Array)) return false;
  if (!Array.isArray(discounts) || discounts.length === 0) return false;
  const nodes = symbols + ids.length;
  const descendants = children.reduce((sum, each) => sum + each, 0);
  return (
    counts.length === nodes &&
    children.length <= nodes &&
    descendants === ids.length &&
    ids.every((symbol) => symbol < symbols) &&
    discounts.every((each) => typeof each === "number" && each > 0 && each < 1)
  );
}

/** The pieces of a text as the model reads them, and their symbols after the start. */
export function readPieces({ symbolOf }: OpenNgrams, text: string): { pieces: string[]; symbols: number[] } {
  const pieces = splitPieces(text);
  return { pieces, symbols: encodePieces(pieces, symbolOf) };
}

/** A whole text as symbols, start and end included. */
export function encodeText(pieces: readonly string[], symbolOf: ReadonlyMap<string, number>): number[] {
  const symbols = encodePieces(pieces, symbolOf);
  symbols.push(endSymbol);
  return symbols;
}
