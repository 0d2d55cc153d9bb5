import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import type { Logits } from "../generative/decoding/next-tokens.js";
import { logSoftmax } from "../generative/decoding/sampling.js";
import type { Library } from "./loaded.js";
import type { RuntimeTensor } from "./select-rows.js";

/** The logits after the last token of each row: rows × tokens × vocabulary. */
export function lastLogits(library: Library, logits: RuntimeTensor | undefined, rows: number): Logits[] {
  const [first, tokens = 0, vocabulary = 0] = logits?.dims ?? [];
  if (logits === undefined || first !== rows || tokens === 0)
    throw new BifocalError(
      "model-damaged",
      "The model's graph gives no logits for each token: it is not one that writes.",
    );
  const values = (logits.type === "float32" ? logits : new library.Tensor(logits).to("float32")).data as Float32Array;
  return Array.from({ length: rows }, (_, row) => {
    const end = (row + 1) * tokens * vocabulary;
    return values.subarray(end - vocabulary, end);
  });
}

/**
 * ln p of the ids from one place on, each after those before it: row × tokens × vocabulary logits, of which those at a
 * place are of the next id.
 */
export function logProbabilityOf(logits: Tensor, row: number, ids: readonly number[], from: number): number {
  const [, tokens = 0, vocabulary = 0] = logits.dims;
  const values = (logits.type === "float32" ? logits : logits.to("float32")).data as Float32Array;
  let sum = 0;
  for (let place = from; place < ids.length; place++) {
    const start = (row * tokens + place - 1) * vocabulary;
    sum += logSoftmax(values.subarray(start, start + vocabulary))[ids[place] as number] as number;
  }
  return sum;
}
