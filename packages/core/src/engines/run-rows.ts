import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import { labelsOf } from "../hub/model-config.js";
import type { Loaded } from "./loaded.js";

/** Runs one batch, padded on the right. A row of no tokens is read as one padding token: a network needs something. */
export async function runRows(loaded: Loaded, rows: readonly (readonly number[])[]): Promise<Float32Array[]> {
  const { library, model, tokenizer } = loaded;
  const width = Math.max(1, ...rows.map(({ length }) => length));
  const ids = new BigInt64Array(rows.length * width).fill(BigInt(tokenizer.pad_token_id ?? 0));
  const mask = new BigInt64Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    ids.set(row.map(BigInt), i * width);
    mask.fill(1n, i * width, i * width + Math.max(1, row.length));
  }
  const shape = [rows.length, width];
  const output = await model({
    input_ids: new library.Tensor("int64", ids, shape),
    attention_mask: new library.Tensor("int64", mask, shape),
    token_type_ids: new library.Tensor("int64", new BigInt64Array(rows.length * width), shape),
  });
  return splitRows(output.logits, rows.length, labelsOf(loaded.config).length);
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
