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
/** Told by a word alone; what follows is told by its sentence. */
const spelled = attributes.indexOf("place");
const clustered = attributes.indexOf("cluster4");
const longestAffix = 4;
const longestShape = 12;
/** "Jean-Luc", "O'Brien": treebanks part such words, so that few stand whole in training data; they look like any name. */
const compoundName = /^\p{Lu}\p{Ll}*(?:[-'’]\p{Lu}\p{Ll}+)+$/u;
const common = 1;
const uncommon = 2;

/** So many places before a sentence and after it have rows, too. */
export const margin = 5;

/**
 * The attributes of each token, and of the places around the sentence, which are told by their distance from it alone:
 * (tokens + 2 · margin) × attributes, hashes of 32 bits, 0 for none.
 */
export function attributesOf(
  tokens: readonly string[],
  readSpelling: ReadSpelling,
  markNames?: MarkNames | undefined,
): Uint32Array {
  const { length } = tokens;
  const table = new Uint32Array((length + 2 * margin) * width);
  const spellings = tokens.map(readSpelling);
  const casing = casingHashes[casingOf(spellings)];
  for (let i = 0, at = margin * width; i < length; i++, at += width) {
    table.set(spellings[i].row, at);
    table[at + spelled] = placeHashes[placeOf(spellings, i)];
    table[at + spelled + 1] = casing;
  }
  for (let distance = 1; distance <= margin; distance++) {
    table.fill(distance, (margin - distance) * width, (margin - distance + 1) * width);
    table.fill(0xff + distance, (length + margin + distance - 1) * width, (length + margin + distance) * width);
  }
  if (markNames !== undefined) {
    const marks = markNames(Uint32Array.from(spellings, ({ row }) => row[1]));
    for (let i = 0; i < length; i++) table[(i + margin) * width + spelled + 2] = marks[i];
  }
  return table;
}

/** What is told by a word alone: its attributes, and what its sentence is told by. */
export interface Spelling extends WrittenAs {
  readonly row: Uint32Array;
}

/** How a word is written. */
interface WrittenAs {
  readonly hasLetter: boolean;
  readonly hasLetterOrDigit: boolean;
  readonly isUpper: boolean;
  readonly isCapital: boolean;
}

export type ReadSpelling = (token: string) => Spelling;

const mostKept = 50_000;

/** Keeps what it read of so many words: most words of a text were read before. */
export function spellingReader({ commonWords, readCluster }: OpenKnowledge): ReadSpelling {
  const known = new Map<string, Spelling>();
  return (token) => {
    const before = known.get(token);
    if (before !== undefined) return before;
    const row = new Uint32Array(spelled);
    writeSpelling(row, token);
    readCluster?.(token, row, clustered);
    row[spelled - 1] = commonWords.has(row[1]) ? common : uncommon;
    if (known.size === mostKept) known.clear();
    const spelling = { row, ...writtenAs(token) };
    known.set(token, spelling);
    return spelling;
  };
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

const places = ["only", "first", "last", "inner", "after mark"] as const;
const casings = ["upper", "title", "lower", "sentence"] as const;

/** Where a token stands in its sentence. */
export function placeOf(sentence: readonly WrittenAs[], i: number): (typeof places)[number] {
  if (i === 0) return sentence.length === 1 ? "only" : "first";
  if (i === sentence.length - 1) return "last";
  return sentence[i - 1].hasLetterOrDigit ? "inner" : "after mark";
}

/** How a sentence is written: where nearly all words have capitals, or none has, capitals say little. */
export function casingOf(sentence: readonly WrittenAs[]): (typeof casings)[number] {
  let [letters, upper, capital] = [0, 0, 0];
  for (const { hasLetter, isUpper, isCapital } of sentence) {
    letters += Number(hasLetter);
    upper += Number(isUpper);
    capital += Number(isCapital);
  }
  if (upper * 3 > letters * 2) return "upper";
  if (capital * 5 > letters * 3) return "title";
  return capital === 0 ? "lower" : "sentence";
}

const placeHashes = hashesOf(places);
const casingHashes = hashesOf(casings);

function hashesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name) => [name, hashText(name)])) as Record<Name, number>;
}
