import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import { labelsOf } from "../hub/model-config.js";
import type { Loaded } from "./loaded.js";
import type { TokenRow } from "./token-row.js";
import { tokenTensors } from "./token-tensors.js";

/** What of a model it takes to run rows. */
export type RowModel = Omit<Loaded, "rows" | "turns">;

/** Runs one batch, padded on the right, and gives its logits. */
export async function runRows(model: RowModel, rows: readonly TokenRow[]): Promise<Float32Array[]> {
  const output = await runNetwork(model, rows);
  return splitRows(output.logits, rows.length, labelsOf(model.config).length);
}

/** Runs one batch, padded on the right, and gives all that the network does. */
export async function runNetwork(
  { library, model, tokenizer }: RowModel,
  rows: readonly TokenRow[],
): Promise<Readonly<Record<string, Tensor | undefined>>> {
  const ids = rows.map((row) => row.ids);
  const read = tokenTensors(library, ids, tokenizer.pad_token_id ?? 0);
  const [, width = 0] = read.input_ids.dims;
  const types = new BigInt64Array(read.input_ids.size);
  for (const [i, row] of rows.entries()) types.set((row.types ?? []).map(BigInt), i * width);
  return model({ ...read, token_type_ids: new library.Tensor("int64", types, read.input_ids.dims) });
}

function splitRows(logits: Tensor | undefined, rows: number, labels: number): Float32Array[] {
  if (logits === undefined || logits.dims[0] !== rows || logits.dims.at(-1) !== labels) {
    throw new BifocalError(
      "model-damaged",
      "The model's graph does not give one logit for each label of config.json: they are not of one model.",
    );
  }
  const values = Float32Array.from(logits.to("float32").data as Float32Array);
  if (!values.every(Number.isFinite)) {
    throw new BifocalError(
      "model-damaged",
      "The model gave scores that are not finite numbers: its file is damaged or was quantized wrongly. Try another dtype.",
    );
  }
  const size = values.length / rows;
  return Array.from({ length: rows }, (_, i) => values.subarray(i * size, (i + 1) * size));
}
