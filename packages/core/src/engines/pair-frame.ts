import { BifocalError } from "@bifocal/contracts";
import type { PreTrainedTokenizer } from "@xenova/transformers";
import { partsOf } from "../alignment/tokenizer-parts.js";
import { rowOf, type TokenRow } from "./token-row.js";

/** Tokens that stand where a tokenizer puts them, and their types. */
interface Part {
  readonly ids: readonly number[];
  readonly types: readonly number[];
}

/** What stands around and between two texts: [CLS] A [SEP] B [SEP], say, or <s> A </s></s> B </s>. */
export interface PairFrame {
  readonly opening: Part;
  readonly between: Part;
  readonly closing: Part;
  /** Of each token of the first text, and of the second. */
  readonly types: readonly [number, number];
}

/** A word that any vocabulary has something for. */
const probe = "a";

/** The frame of a tokenizer, told from what it makes of a pair. @throws {BifocalError} `unsupported` where it makes none. */
export function pairFrameOf(tokenizer: PreTrainedTokenizer): PairFrame {
  const { ids, token_type_ids: types } = partsOf(tokenizer).encode(probe, {
    text_pair: probe,
    return_token_type_ids: true,
  });
  const own: readonly number[] = tokenizer.encode(probe, { add_special_tokens: false });
  const places = ids.flatMap((_, at) => (own.length > 0 && own.every((id, i) => ids[at + i] === id) ? [at] : []));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || last < first + own.length)
    throw new BifocalError("unsupported", "The model's tokenizer does not say how two texts are read together.");
  const part = (start: number, end: number): Part => ({ ids: ids.slice(start, end), types: types.slice(start, end) });
  return {
    opening: part(0, first),
    between: part(first + own.length, last),
    closing: part(last + own.length, ids.length),
    types: [types[first] ?? 0, types[last] ?? 0],
  };
}

/** How many special tokens there are around and between two texts. */
export function pairFrameLength({ opening, between, closing }: PairFrame): number {
  return opening.ids.length + between.ids.length + closing.ids.length;
}

/** The row of two texts, given without special tokens. */
export function pairRow(frame: PairFrame, first: readonly number[], second: readonly number[]): TokenRow {
  const [ofFirst, ofSecond] = frame.types;
  const parts: readonly Part[] = [
    frame.opening,
    { ids: first, types: first.map(() => ofFirst) },
    frame.between,
    { ids: second, types: second.map(() => ofSecond) },
    frame.closing,
  ];
  return rowOf(
    parts.flatMap(({ ids }) => ids),
    parts.flatMap(({ types }) => types),
  );
}
