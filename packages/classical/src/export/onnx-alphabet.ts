import { type Capital, capitalsOver } from "./onnx-lower-case.js";

/** What a graph must know of the characters that texts are written with. */
export interface Alphabet {
  /** Characters that are tokens by themselves. */
  readonly symbols: readonly string[];
  readonly capitals: readonly Capital[];
}

const symbol = /[^\s\p{L}\p{M}\p{N}_]/u;

/** Every symbol of ASCII but NUL, of Latin-1, and those of prose: quotation marks, dashes, bullets; the faces among emoji. */
const common: readonly (readonly [first: number, last: number])[] = [
  [0x21, 0x7e],
  [0xa1, 0xff],
  [0x200b, 0x2027],
  [0x2030, 0x205e],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0x2764, 0x2764],
  [0x1f600, 0x1f64f],
  [0x01, 0x1f],
  [0x7f, 0x7f],
  [0x80, 0x9f],
  [0xfffd, 0xfffd],
];

/** The symbols that are common, that the terms have, and any others; the letters that the terms are written with. */
export function alphabetOf(terms: readonly string[], others: string): Alphabet {
  const written = new Set(terms.flatMap((term) => [...term]));
  const symbols = new Set(common.flatMap(([first, last]) => charactersBetween(first, last)));
  for (const character of [...written, ...others]) symbols.add(character);
  return { symbols: [...symbols].filter((each) => symbol.test(each)), capitals: capitalsOver(written) };
}

function charactersBetween(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
}
