import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import type { Library } from "./loaded.js";

/** A tensor as ONNX Runtime takes and gives it. */
export type RuntimeTensor = Tensor["ort_tensor"];

/** Tensors by the names under which a network takes or gives them. */
export type Tensors = Readonly<Record<string, RuntimeTensor>>;

/**
 * Rows of a tensor whose first dimension is the row: `rows[i]` becomes row `i`, as often as it is named.
 * @param of how many rows there are
 * @throws {BifocalError} `unsupported` for a tensor of another number of rows, by its name.
 */
export function selectRows(
  library: Library,
  [name, tensor]: readonly [string, RuntimeTensor],
  rows: readonly number[],
  of: number,
): RuntimeTensor {
  const [first, ...rest] = tensor.dims;
  if (first !== of)
    throw new BifocalError(
      "unsupported",
      `The model keeps ${name} in another order than rows, which is not known here.`,
    );
  const data = tensor.data as Float32Array;
  const size = data.length / of;
  const selected = new (data.constructor as Float32ArrayConstructor)(rows.length * size);
  for (const [i, row] of rows.entries()) selected.set(data.subarray(row * size, (row + 1) * size), i * size);
  return new library.Tensor(tensor.type, selected, [rows.length, ...rest]).ort_tensor;
}
