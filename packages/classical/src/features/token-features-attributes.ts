import { clusterLengths, type ReadCluster } from "./token-clusters.js";
import { hashText } from "./token-features-hash.js";
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
const spelled = attributes.indexOf("usage");
const clustered = spelled - clusterLengths.length;
const longestAffix = 4;
const longestShape = 12;
/** "Jean-Luc", "O'Brien": treebanks part such words, so that few stand whole in training data; they look like any name. */
const compoundName = /^\p{Lu}\p{Ll}*(?:[-'’]\p{Lu}\p{Ll}+)+$/u;
const common = 1;
const uncommon = 2;

/** The attributes of each token: tokens × attributes, hashes of 32 bits, 0 for none. */
export function attributesOf(
  tokens: readonly string[],
  { commonWords, markNames }: OpenKnowledge,
  readSpelling: ReadSpelling,
): Uint32Array {
  const table = new Uint32Array(tokens.length * width);
  const casing = hashText(casingOf(tokens));
  tokens.forEach((token, i) => {
    const row = table.subarray(i * width, (i + 1) * width);
    row.set(readSpelling(token));
    row[spelled] = commonWords.has(row[1]) ? common : uncommon;
    row[spelled + 1] = hashText(placeOf(tokens, i));
    row[spelled + 2] = casing;
  });
  if (markNames !== undefined) {
    const marks = markNames(Uint32Array.from(tokens, (_, i) => table[i * width + 1]));
    for (const [i, mark] of marks.entries()) table[i * width + spelled + 3] = mark;
  }
  return table;
}

/** What is told by a word alone. */
export type ReadSpelling = (token: string) => Uint32Array;

const mostKept = 50_000;

/** Keeps what it read of so many words: most words of a text were read before. */
export function spellingReader(readCluster?: ReadCluster): ReadSpelling {
  const known = new Map<string, Uint32Array>();
  return (token) => {
    const before = known.get(token);
    if (before !== undefined) return before;
    const row = new Uint32Array(spelled);
    writeSpelling(row, token);
    readCluster?.(token, row, clustered);
    if (known.size === mostKept) known.clear();
    known.set(token, row);
    return row;
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

export function placeOf(tokens: readonly string[], i: number): string {
  if (i === 0) return tokens.length === 1 ? "only" : "first";
  if (i === tokens.length - 1) return "last";
  return /[\p{L}\p{N}]/u.test(tokens[i - 1]) ? "inner" : "after mark";
}

/** How a sentence is written: where nearly all words have capitals, or none has, capitals say little. */
export function casingOf(tokens: readonly string[]): string {
  const letters = tokens.filter((token) => /\p{L}/u.test(token));
  const upper = letters.filter((token) => token === token.toUpperCase()).length;
  const capital = letters.filter((token) => /^\p{Lu}/u.test(token)).length;
  if (upper * 3 > letters.length * 2) return "upper";
  if (capital * 5 > letters.length * 3) return "title";
  return capital === 0 ? "lower" : "sentence";
}
