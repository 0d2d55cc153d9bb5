import { endOfPiece, splitPieces, startOfPiece } from "./pieces.js";

/** What a language model reads a text as. */
export interface TextUnit {
  /** A text cut into units; spelled one after another they are the text. */
  readonly split: (text: string) => string[];
  /** What a unit is written as after another one, or after "" where the text begins. */
  readonly spell: (unit: string, before: string) => string;
  /** What a unit begins and ends with: one never follows another that ends with the same; -1 runs into nothing. */
  readonly startOf: (unit: string) => number;
  readonly endOf: (unit: string) => number;
}

const whiteSpace = /^\s/u;

function isWord(unit: string): boolean {
  return unit !== "" && !whiteSpace.test(unit);
}

/** A single space between two words goes without saying; any other white space is a unit of its own. */
function splitWords(text: string): string[] {
  const units = text.match(/\S+|\s+/gu) ?? [];
  return units.filter((unit, i) => unit !== " " || i === 0 || i === units.length - 1);
}

const edgeOfSpace = (unit: string): number => (isWord(unit) ? -1 : 0);

/** By name: pieces (see `splitPieces`), words as white space parts them, characters (code points). */
export const textUnits = {
  pieces: { split: splitPieces, spell: (unit) => unit, startOf: startOfPiece, endOf: endOfPiece },
  words: {
    split: splitWords,
    spell: (unit, before) => (isWord(unit) && isWord(before) ? ` ${unit}` : unit),
    startOf: edgeOfSpace,
    endOf: edgeOfSpace,
  },
  characters: { split: (text) => [...text], spell: (unit) => unit, startOf: () => -1, endOf: () => -1 },
} as const satisfies Readonly<Record<string, TextUnit>>;

export type TextUnitName = keyof typeof textUnits;
