import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import type { Library } from "./loaded.js";

/** Tensors by the names under which a network takes them. */
export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Rows of tensors whose first dimension is the row: `rows[i]` becomes row `i`, as often as it is named.
 * @throws {BifocalError} `unsupported` for a tensor of another number of rows.
 */
export function selectRows(library: Library, tensors: Tensors, rows: readonly number[], of: number): Tensors {
  if (rows.length === of && rows.every((row, i) => row === i)) return tensors;
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, selectFrom(library, name, tensor, rows, of)]),
  );
}

function selectFrom(library: Library, name: string, tensor: Tensor, rows: readonly number[], of: number): Tensor {
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
  return new library.Tensor(tensor.type, selected, [rows.length, ...rest]);
}
