/** Longest piece that wink is given, in UTF-16 units. */
const pieceLimit = 2000;

/** Longest run without white space that wink is given: its rules are quadratic in such a run. */
const runLimit = 300;

const paragraphBreak = /(?:\r?\n[^\S\n]*){2,}|\u2029/gu;

const whiteSpace = /\s/u;

export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Whether the piece ends at white space inside a paragraph, so that its last sentence may go on behind it. */
  readonly open: boolean;
}

/** The paragraphs of a text, parted by blank lines, as offsets; together with the breaks they are the text. */
export function* paragraphsOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (const {
    0: { length },
    index,
  } of text.matchAll(paragraphBreak)) {
    if (index > start) yield { start, end: index };
    start = index + length;
  }
  if (start < text.length) yield { start, end: text.length };
}

/**
 * The next piece of a paragraph to read, from `start` to at most `end`: all that is left where it is short, else up to
 * white space; a run of 300 units without any is cut, never inside a surrogate pair.
 */
export function nextPiece(text: string, start: number, end: number): Piece {
  const limit = Math.min(end, start + pieceLimit);
  let run = start;
  for (let i = start; i < limit; i++) {
    if (whiteSpace.test(text.charAt(i))) run = i + 1;
    else if (i - run >= runLimit) return { start, end: betweenCharacters(text, i), open: false };
  }
  return limit === end ? { start, end, open: false } : { start, end: run, open: true };
}

function betweenCharacters(text: string, at: number): number {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at;
}
