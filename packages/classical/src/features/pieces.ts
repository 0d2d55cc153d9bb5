/** Scripts that are written without spaces: each character is a piece. */
const unspaced = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]`;
const word = String.raw`(?:(?!${unspaced})[\p{L}\p{M}\p{N}_])`;
const mark = String.raw`[^\s\p{L}\p{M}\p{N}_]`;

const piece = new RegExp(String.raw` ?${unspaced}\p{M}*| ?${word}+(?:['’]${word}+)*| ?${mark}+|\s+`, "gu");

/**
 * A text cut into pieces that joined are the text: a word, a run of marks, each with the one space before it, or a
 * run of other white space. Prose, verse and source code all come back as they were written; linear time.
 * @example splitPieces("Ada's cat,\n  asleep.") // ["Ada's", " cat", ",", "\n  ", "asleep", "."]
 */
export function splitPieces(text: string): string[] {
  return text.match(piece) ?? [];
}

const edges = [new RegExp(`^${word}`, "u"), new RegExp(`^${mark}`, "u"), /^\s/u];
const ends = [new RegExp(`${word}$`, "u"), new RegExp(`${mark}$`, "u"), /\s$/u];

/** What a piece begins or ends with: 0 a word, 1 a mark, 2 white space, -1 anything that runs into nothing. */
type PieceEdge = -1 | 0 | 1 | 2;

/** What the piece begins with. A piece never follows one that ends with the same: the two would have been one. */
export function startOfPiece(text: string): PieceEdge {
  return edges.findIndex((edge) => edge.test(text)) as PieceEdge;
}

/** What the piece ends with. */
export function endOfPiece(text: string): PieceEdge {
  return ends.findIndex((edge) => edge.test(text)) as PieceEdge;
}
