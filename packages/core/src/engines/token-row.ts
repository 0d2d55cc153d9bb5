/** A row of ids as a network reads it. */
export interface TokenRow {
  readonly ids: readonly number[];
  /** Of a pair of texts: 0 for each token of the first, 1 for those of the second, where the tokenizer tells them apart. Default 0. */
  readonly types?: readonly number[];
  readonly length: number;
}

/** The row of a single text. */
export function rowOf(ids: readonly number[], types?: readonly number[]): TokenRow {
  return { ids, ...(types && { types }), length: ids.length };
}
