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
  "place",
  "casing",
] as const;

export type Attribute = (typeof attributes)[number];

const longestAffix = 4;
const longestShape = 12;

/** The attributes of each token: tokens × attributes, hashes of 32 bits, 0 for none. */
export function attributesOf(tokens: readonly string[]): Uint32Array {
  const table = new Uint32Array(tokens.length * attributes.length);
  const casing = hashText(casingOf(tokens));
  tokens.forEach((token, i) => {
    writeAttributes(table, i * attributes.length, token);
    table[(i + 1) * attributes.length - 2] = hashText(placeOf(tokens, i));
    table[(i + 1) * attributes.length - 1] = casing;
  });
  return table;
}

function writeAttributes(table: Uint32Array, start: number, token: string): void {
  const lower = token.toLowerCase();
  const shape = shapeOf(token);
  table[start] = hashText(token);
  table[start + 1] = hashText(lower);
  table[start + 2] = hashText(shape);
  table[start + 3] = hashText(shape.replace(/(.)\1+/gu, "$1"));
  table[start + 4] = hashText(kindOf(token, lower));
  for (let length = 1; length <= longestAffix && length < lower.length; length++) {
    table[start + 4 + length] = hashText(lower, 0, length);
    table[start + 4 + longestAffix + length] = hashText(lower, lower.length - length);
  }
}

/** FNV-1a (Fowler, Noll, Vo 1991) over UTF-16 units; never 0. */
function hashText(text: string, start = 0, end = text.length): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0 || 1;
}

/** Letters as X or x, digits as 0, all else as itself: "McDonald's-2" is "XxXxxxxx'x-0". Cut at 12 units. */
export function shapeOf(token: string): string {
  return token
    .slice(0, longestShape)
    .replace(/\p{Lu}/gu, "X")
    .replace(/[\p{Ll}\p{Lo}]/gu, "x")
    .replace(/\p{N}/gu, "0");
}

function kindOf(token: string, lower: string): string {
  const upper = token.toUpperCase();
  const marks = `${/\p{N}/u.test(token) ? "0" : ""}${/[-–]/u.test(token) ? "-" : ""}${token.length > 1 && token.includes(".") ? "." : ""}`;
  if (lower === upper) return `other ${marks} ${token.length > 1 ? "long" : "short"}`;
  if (/^https?:|^www\./iu.test(token)) return "address";
  if (token.length > 1 && (token.startsWith("@") || token.startsWith("#"))) return token.slice(0, 1);
  if (token === lower) return `lower${marks}`;
  if (token === upper) return `${token.length === 1 ? "capital" : "upper"}${marks}`;
  return `${/^\p{Lu}/u.test(token) ? (token.slice(1) === lower.slice(1) ? "title" : "mixed") : "inner"}${marks}`;
}

function placeOf(tokens: readonly string[], i: number): string {
  if (i === 0) return tokens.length === 1 ? "only" : "first";
  if (i === tokens.length - 1) return "last";
  return /[\p{L}\p{N}]/u.test(tokens[i - 1]) ? "inner" : "after mark";
}

/** How a sentence is written: where nearly all words have capitals, or none has, capitals say little. */
function casingOf(tokens: readonly string[]): string {
  const letters = tokens.filter((token) => /\p{L}/u.test(token));
  const upper = letters.filter((token) => token === token.toUpperCase()).length;
  const capital = letters.filter((token) => /^\p{Lu}/u.test(token)).length;
  if (upper * 3 > letters.length * 2) return "upper";
  if (capital * 5 > letters.length * 3) return "title";
  return capital === 0 ? "lower" : "sentence";
}
