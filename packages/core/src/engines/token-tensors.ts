import type { Tensor } from "@xenova/transformers";
import type { Library } from "./loaded.js";

/** Rows of ids as one tensor, and which of them are there. */
export interface TokenTensors {
  readonly input_ids: Tensor;
  readonly attention_mask: Tensor;
}

export interface Padding {
  readonly padding: number;
  readonly side: "left" | "right";
  /** Rows are so long at least. Default 1. */
  readonly least?: number;
}

/** Rows of ids, the shorter ones padded on one side. A row of no ids is read as one padding token: a network needs something. */
export function tokenTensors(
  library: Library,
  rows: readonly (readonly number[])[],
  { padding, side, least = 1 }: Padding,
): TokenTensors {
  const width = Math.max(least, ...rows.map(({ length }) => length));
  const ids = new BigInt64Array(rows.length * width).fill(BigInt(padding));
  const mask = new BigInt64Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    const length = Math.max(1, row.length);
    const start = i * width + (side === "left" ? width - length : 0);
    ids.set(row.map(BigInt), start);
    mask.fill(1n, start, start + length);
  }
  const shape = [rows.length, width];
  return {
    input_ids: new library.Tensor("int64", ids, shape),
    attention_mask: new library.Tensor("int64", mask, shape),
  };
}
