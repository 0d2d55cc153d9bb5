import type { Tensor } from "@xenova/transformers";
import type { Library } from "./loaded.js";

/** Rows of ids as one tensor, and which of them are there. */
export interface TokenTensors {
  readonly input_ids: Tensor;
  readonly attention_mask: Tensor;
}

/**
 * Rows of ids, the shorter ones padded on the right. A row of no ids is read as one padding token: a network needs
 * something.
 */
export function tokenTensors(library: Library, rows: readonly (readonly number[])[], padding: number): TokenTensors {
  const width = Math.max(1, ...rows.map(({ length }) => length));
  const ids = new BigInt64Array(rows.length * width).fill(BigInt(padding));
  const mask = new BigInt64Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    ids.set(row.map(BigInt), i * width);
    mask.fill(1n, i * width, i * width + Math.max(1, row.length));
  }
  const shape = [rows.length, width];
  return {
    input_ids: new library.Tensor("int64", ids, shape),
    attention_mask: new library.Tensor("int64", mask, shape),
  };
}
