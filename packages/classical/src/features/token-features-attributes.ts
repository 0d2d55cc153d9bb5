import { hashText } from "./token-features-hash.js";
import type { MarkNames } from "./token-gazetteer.js";
import type { OpenKnowledge } from "./token-knowledge.js";

/** What is read of a token before it is combined with its neighbours; each is a hash, 0 where a token has none. */
export const attributes = [
  "word",
  "lower",
  "shape",
  "shortShape",
  "kind",
  "prefix1",
  "prefix2",
  "prefix3",
  "prefix4",
  "suffix1",
  "suffix2",
  "suffix3",
  "suffix4",
  "cluster4",
  "cluster6",
  "cluster10",
  "cluster20",
  "usage",
  "place",
  "casing",
  "names",
] as const;

export type Attribute = (typeof attributes)[number];

const width = attributes.length;
const lower = attributes.indexOf("lower");
const clustered = attributes.indexOf("cluster4");
const usage = attributes.indexOf("usage");
const placeColumn = attributes.indexOf("place");
const casingColumn = attributes.indexOf("casing");
const longestAffix = 4;
const longestShape = 12;
/** "Jean-Luc", "O'Brien": treebanks part such words, so that few stand whole in training data; they look like any name. */
const compoundName = /^\p{Lu}\p{Ll}*(?:[-'’]\p{Lu}\p{Ll}+)+$/u;
const common = 1;
const uncommon = 2;

/** So many places before a sentence and after it have rows, too. */
export const margin = 5;
/** What the first place after a sentence has for attributes; the first before it has 1. */
const firstAfter = 0x100;

/** A word as it stands in a sentence, or a place beside the sentence. */
export interface PlacedWord<Told> {
  /** Its attributes, `names` left out: hashes of 32 bits, 0 for none. */
  readonly row: Uint32Array;
  /** What the reader's owner is told by them. */
  readonly told: Told;
}

/** Reads the words of a sentence, with `margin` places before it and after it, which are told by their distance alone. */
export type ReadSentence<Told> = (tokens: readonly string[]) => PlacedWord<Told>[];

/** Keeps so many words as they stood; most of a text stood so before. */
const mostKept = 50_000;

/** A word, and how it stood in the sentences read so far. */
interface KnownWord<Told> extends WrittenAs {
  readonly row: Uint32Array;
  /** By casing and place. */
  readonly placed: (PlacedWord<Told> | undefined)[];
}

/** @param tell works out what a word's attributes tell; asked once as long as the word is kept. */
export function sentenceReader<Told>(
  { commonWords, readCluster }: OpenKnowledge,
  tell: (row: Uint32Array) => Told,
  most = mostKept,
): ReadSentence<Told> {
  const known = new Map<string, KnownWord<Told>>();
  let kept = 0;
  const withRow = (row: Uint32Array): PlacedWord<Told> => ({ row, told: tell(row) });
  const beside = (first: number): PlacedWord<Told>[] =>
    Array.from({ length: margin }, (_, i) => withRow(new Uint32Array(width).fill(first + i)));
  const before = beside(1).reverse();
  const after = beside(firstAfter);

  function learnWord(token: string): KnownWord<Told> {
    const row = new Uint32Array(width);
    writeSpelling(row, token);
    readCluster?.(token, row, clustered);
    row[usage] = commonWords.has(row[lower]) ? common : uncommon;
    const word = { row, placed: [], ...writtenAs(token) };
    known.set(token, word);
    return word;
  }

  function placedAt({ row, placed }: KnownWord<Told>, place: number, casing: number): PlacedWord<Told> {
    const standing = casing * places.length + place;
    let word = placed[standing];
    if (word === undefined) {
      const own = row.slice();
      own[placeColumn] = placeHashes[place];
      own[casingColumn] = casingHashes[casing];
      word = withRow(own);
      placed[standing] = word;
      kept++;
    }
    return word;
  }

  return (tokens) => {
    if (kept >= most) {
      known.clear();
      kept = 0;
    }
    const words: KnownWord<Told>[] = [];
    for (const token of tokens) words.push(known.get(token) ?? learnWord(token));
    const casing = casingOf(words);
    const sentence = before.slice();
    for (let i = 0; i < words.length; i++) sentence.push(placedAt(words[i], placeOf(words, i), casing));
    sentence.push(...after);
    return sentence;
  };
}

/** Reads those attributes of words: words × columns, valid until the next words are read. */
export function attributeReader(
  columns: readonly Attribute[],
  markNames?: MarkNames | undefined,
): (words: readonly PlacedWord<unknown>[]) => Uint32Array {
  const numbers = Uint8Array.from(columns, (column) => attributes.indexOf(column));
  const names = columns.indexOf("names");
  let table = new Uint32Array(0);

  function mark(words: readonly PlacedWord<unknown>[], markNames: MarkNames): void {
    const marks = markNames(Uint32Array.from(words.slice(margin, -margin), ({ row }) => row[lower]));
    for (const [i, mark] of marks.entries()) table[(i + margin) * numbers.length + names] = mark;
  }

  return (words) => {
    if (table.length < words.length * numbers.length) table = new Uint32Array(words.length * numbers.length);
    for (let i = 0, at = 0; i < words.length; i++) {
      const { row } = words[i];
      for (let column = 0; column < numbers.length; column++, at++) table[at] = row[numbers[column]];
    }
    if (names >= 0 && markNames !== undefined) mark(words, markNames);
    return table;
  };
}

/** How a word is written. */
interface WrittenAs {
  readonly hasLetter: boolean;
  readonly hasLetterOrDigit: boolean;
  readonly isUpper: boolean;
  readonly isCapital: boolean;
}

export function writtenAs(token: string): WrittenAs {
  const hasLetter = /\p{L}/u.test(token);
  return {
    hasLetter,
    hasLetterOrDigit: hasLetter || /\p{N}/u.test(token),
    isUpper: hasLetter && token === token.toUpperCase(),
    isCapital: /^\p{Lu}/u.test(token),
  };
}

function writeSpelling(row: Uint32Array, token: string): void {
  const lower = token.toLowerCase();
  const shape = shapeOf(token);
  row[0] = hashText(token);
  row[1] = hashText(lower);
  row[2] = hashText(shape);
  row[3] = hashText(shortened(shape));
  row[4] = hashText(kindOf(token, lower));
  for (let length = 1; length <= longestAffix && length < lower.length; length++) {
    row[4 + length] = hashText(lower, 0, length);
    row[4 + longestAffix + length] = hashText(lower, lower.length - length);
  }
}

/** Letters as X or x, digits as 0, all else as itself: "McDonald's-2" is "XxXxxxxx'x-0". Cut at 12 units. */
export function shapeOf(token: string): string {
  return token
    .slice(0, longestShape)
    .replace(/\p{Lu}/gu, "X")
    .replace(/[\p{Ll}\p{Lo}]/gu, "x")
    .replace(/\p{N}/gu, "0");
}

/** Each run of one character as one. */
export function shortened(shape: string): string {
  return shape.replace(/(.)\1+/gu, "$1");
}

/** What a token looks like at a glance: its capitals, and whether digits, hyphens or dots stand in it. */
export function kindOf(token: string, lower: string): string {
  if (/^https?:|^www\./iu.test(token)) return "address";
  if (/^[@#]./u.test(token)) return token.slice(0, 1);
  if (compoundName.test(token)) return "title 000";
  const marks = [/\p{N}/u, /[-–]/u, /.\.|\../u].map((mark) => Number(mark.test(token))).join("");
  return `${capitalsOf(token, lower)} ${marks}`;
}

function capitalsOf(token: string, lower: string): string {
  const upper = token.toUpperCase();
  if (lower === upper) return token.length > 1 ? "marks" : "mark";
  if (token === lower) return "lower";
  if (token === upper) return token.length > 1 ? "upper" : "letter";
  if (!/^\p{Lu}/u.test(token)) return "inner";
  return token.slice(1) === lower.slice(1) ? "title" : "mixed";
}

export const places = ["only", "first", "last", "inner", "after mark"] as const;
export const casings = ["upper", "title", "lower", "sentence"] as const;
const [only, first, last, inner, afterMark] = places.keys();
const [upper, title, lowerCase, sentenceCase] = casings.keys();

/** Where a token stands in its sentence: a number of `places`. */
export function placeOf(sentence: readonly WrittenAs[], i: number): number {
  if (i === 0) return sentence.length === 1 ? only : first;
  if (i === sentence.length - 1) return last;
  return sentence[i - 1].hasLetterOrDigit ? inner : afterMark;
}

/** How a sentence is written, a number of `casings`: where nearly all words have capitals, or none has, capitals say little. */
export function casingOf(sentence: readonly WrittenAs[]): number {
  let [letters, capitals, capital] = [0, 0, 0];
  for (const { hasLetter, isUpper, isCapital } of sentence) {
    letters += Number(hasLetter);
    capitals += Number(isUpper);
    capital += Number(isCapital);
  }
  if (capitals * 3 > letters * 2) return upper;
  if (capital * 5 > letters * 3) return title;
  return capital === 0 ? lowerCase : sentenceCase;
}

const placeHashes = places.map((place) => hashText(place));
const casingHashes = casings.map((casing) => hashText(casing));
