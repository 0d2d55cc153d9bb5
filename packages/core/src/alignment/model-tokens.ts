import type { Vocabulary } from "./tokenizer-parts.js";

/** A token, and the units of its piece that it stands for, end exclusive. */
export interface PieceToken {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  /** The vocabulary itself says that it goes on a word ("##ing"). */
  readonly goesOn: boolean;
}

/** How a vocabulary spells its tokens. */
export interface Spelling {
  readonly tokensOf: (piece: string) => string[];
  readonly idOf: (token: string) => number;
  /** Stands before every token that goes on a word; "" where none does. */
  readonly prefix: string;
  /** Stand after the last token of a word, or after all others. */
  readonly suffixes: readonly string[];
}

export function spellingOf(model: Vocabulary): Spelling {
  const { config } = model;
  const named = (name: string): string => String(config[name] ?? "");
  const unknown = model.unk_token_id ?? 0;
  return {
    tokensOf: (piece) => model([piece]),
    idOf: (token) => model.tokens_to_ids.get(token) ?? unknown,
    prefix: named("continuing_subword_prefix"),
    suffixes: [named("end_of_word_suffix"), named("continuing_subword_suffix")].filter((suffix) => suffix !== ""),
  };
}

const byteToken = /^<0x[0-9A-F]{2}>$/;

/**
 * The tokens of a piece. Each is looked for where the last one ended; what the vocabulary does not know reaches to the
 * next that it knows, and bytes of a character each stand for all of it.
 */
export function modelTokens(spelling: Spelling, piece: string): PieceToken[] {
  const tokens = spelling.tokensOf(piece);
  const found: PieceToken[] = [];
  let cursor = 0;
  let bytes = 0;
  for (const [i, token] of tokens.entries()) {
    const goesOn = cursor > 0 && spelling.prefix !== "" && token.startsWith(spelling.prefix);
    const at = placeOf(spelling, piece, token, cursor);
    const from = at?.from ?? cursor;
    const to = at?.to ?? unknownEnd(spelling, piece, tokens, i, cursor);
    found.push({ id: spelling.idOf(token), from, to, goesOn });
    bytes = at === undefined && byteToken.test(token) ? bytes + 1 : 0;
    if (bytes > 0 && bytes < Buffer.byteLength(piece.slice(from, to))) continue;
    bytes = 0;
    cursor = to;
  }
  return found;
}

/** Where a token's own text comes next. */
function placeOf(
  { prefix, suffixes }: Spelling,
  piece: string,
  token: string,
  cursor: number,
): { from: number; to: number } | undefined {
  const bare = cursor > 0 && prefix !== "" && token.startsWith(prefix) ? token.slice(prefix.length) : token;
  const suffix = suffixes.find((each) => bare.endsWith(each)) ?? "";
  for (const text of new Set([bare, bare.slice(0, bare.length - suffix.length)])) {
    const from = text === "" ? -1 : piece.indexOf(text, cursor);
    if (from >= 0) return { from, to: from + text.length };
  }
  return undefined;
}

/** A byte stands for one character, what is unknown for all up to the next token that is known. */
function unknownEnd(spelling: Spelling, piece: string, tokens: readonly string[], i: number, cursor: number): number {
  const one = cursor + String.fromCodePoint(piece.codePointAt(cursor) ?? 0).length;
  if (byteToken.test(tokens[i] as string)) return Math.min(one, piece.length);
  const next = tokens[i + 1];
  if (next === undefined) return piece.length;
  return placeOf(spelling, piece, next, one)?.from ?? Math.min(one, piece.length);
}
