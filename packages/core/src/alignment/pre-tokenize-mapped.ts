import { follow, type MappedText, type Relation, sliceMapped } from "./mapped-text.js";
import { relateStep } from "./relate-step.js";
import type { PreTokenizer } from "./tokenizer-parts.js";

/** The pieces of which a tokenizer makes tokens each for itself, mapped to where they came from. */
export function preTokenizeMapped(preTokenizer: PreTokenizer | null, text: MappedText, section: number): MappedText[] {
  if (preTokenizer === null) return [text];
  const { tokenizers, byte_encoder } = preTokenizer;
  if (tokenizers !== undefined)
    return tokenizers.reduce(
      (pieces: MappedText[], each) => pieces.flatMap((piece) => preTokenizeMapped(each, piece, section)),
      [text],
    );
  const pieces = preTokenizer.pre_tokenize_text(text.text, { section_index: section });
  return byte_encoder !== undefined ? mapBytes(text, pieces) : mapPieces(text, pieces);
}

/** Pieces stand in the text one after another, or are all of it with a sign for its spaces and maybe one more before it. */
function mapPieces(text: MappedText, pieces: readonly string[]): MappedText[] {
  let cursor = 0;
  return pieces.map((piece) => {
    const at = text.text.indexOf(piece, cursor);
    if (at < 0) return follow(text, piece, endToEnd(text.text, piece, cursor));
    cursor = at + piece.length;
    return sliceMapped(text, at, cursor);
  });
}

function endToEnd(text: string, piece: string, cursor: number): Relation {
  const before = piece.length - text.length;
  if (before < 0 || cursor > 0) return relateStep({ apply: () => piece }, text, piece);
  const from = Array.from({ length: piece.length }, (_, i) => Math.max(0, i - before));
  return { from, to: from.map((start, i) => (i < before ? start : start + 1)) };
}

/** Pieces in which each character stands for a byte of the text, before which there may be one for a space. */
function mapBytes(text: MappedText, pieces: readonly string[]): MappedText[] {
  const relation = bytesOf(text.text);
  const before = pieces.reduce((sum, { length }) => sum + length, 0) - relation.from.length;
  const from = [...new Array<number>(before).fill(0), ...relation.from];
  const to = [...new Array<number>(before).fill(0), ...relation.to];
  let cursor = 0;
  return pieces.map((piece) => {
    const start = cursor;
    cursor += piece.length;
    return follow(text, piece, { from: from.slice(start, cursor), to: to.slice(start, cursor) });
  });
}

/** For each byte of a text in UTF-8 its character; half a surrogate pair is written as U+FFFD, in three. */
function bytesOf(text: string): Relation {
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of text) {
    for (let byte = 0; byte < Buffer.byteLength(character); byte++) {
      from.push(at);
      to.push(at + character.length);
    }
    at += character.length;
  }
  return { from, to };
}
