/** What a UTF-16 unit or code point is to a tokenizer; those of words are the odd ones. */
export const space = 0;
export const letter = 1;
export const mark = 2;
export const number = 3;
/** Half of a code point above U+FFFF, or half a character. */
export const surrogate = 4;
/** Not ASCII, and none near by was asked for yet: see `loadKinds`. */
const unloaded = 8;

const planeSize = 0x10000;
const blockSize = 256;
const astralKinds = new Map<number, Uint8Array>();

/** The kind of each UTF-16 unit. Those beyond ASCII stand in it once `loadKinds` was asked for one near by. */
export const kinds = new Uint8Array(planeSize).fill(unloaded).fill(surrogate, 0xd800, 0xe000);
fillKinds(kinds, 0, 128);

/** Fills in the kinds around a unit: a text has few alphabets, and all would take some milliseconds. @returns its kind */
export function loadKinds(unit: number): number {
  const block = unit - (unit % blockSize);
  fillKinds(kinds, block, block + blockSize);
  return kinds[unit];
}

/** The kind of a code point above U+FFFF. */
export function astralKind(codePoint: number): number {
  const plane = codePoint >> 16;
  let table = astralKinds.get(plane);
  if (table === undefined) {
    table = new Uint8Array(planeSize);
    fillKinds(table, plane * planeSize, (plane + 1) * planeSize);
    astralKinds.set(plane, table);
  }
  return table[codePoint & 0xffff];
}

/** The classes are those of the regular expressions, so that both always know the same version of Unicode. */
function fillKinds(table: Uint8Array, from: number, to: number): void {
  const characters = Array.from({ length: to - from }, (_, i) => String.fromCodePoint(from + i)).join("");
  const first = from & 0xffff;
  const width = from < planeSize ? 1 : 2;
  table.fill(mark, first, first + to - from);
  const fill = (run: RegExp, kind: number) => {
    for (const { 0: match, index } of characters.matchAll(run))
      table.fill(kind, first + index / width, first + (index + match.length) / width);
  };
  fill(/\s+/gu, space);
  fill(/[\p{L}\p{M}_]+/gu, letter);
  fill(/\p{N}+/gu, number);
}
