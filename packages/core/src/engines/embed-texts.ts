import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import type { EmbeddedText } from "./engine.js";
import type { Loaded } from "./loaded.js";
import type { Answer, Pooling } from "./protocol.js";
import { readTokens } from "./read-tokens.js";
import { type RowModel, runNetwork } from "./run-rows.js";
import { scoreRows } from "./score-texts.js";
import type { TokenRow } from "./token-row.js";

/** Embeds texts; one too long keeps its start, and says so. A text of no tokens is 0. */
export function embedTexts(loaded: Loaded): Answer<"embed"> {
  const encode = (text: string): number[] => loaded.tokenizer.encode(text);
  return async (texts, context) => {
    const read = texts.map((text) => readTokens(encode, text, loaded.context, "start"));
    const vectors = await scoreRows(
      loaded,
      read.map(({ ids }) => ids),
      context,
    );
    return read.map(({ ids, truncated }, i): EmbeddedText => {
      const vector = vectors[i] as Float32Array;
      return {
        vector: ids.length > 0 ? vector : vector.map(() => 0),
        usage: { tokens: ids.length, windows: 1, truncated },
      };
    });
  };
}

/** The states of each row's tokens as one: their mean, or the first one's. */
export async function poolRows(model: RowModel, rows: readonly TokenRow[], pooling: Pooling): Promise<Float32Array[]> {
  const output = await runNetwork(model, rows);
  const states: Tensor | undefined = output.last_hidden_state ?? output.token_embeddings;
  const [first, width = 0, dimensions = 0] = states?.dims ?? [];
  if (states === undefined || first !== rows.length)
    throw new BifocalError("model-damaged", "The model's graph gives no states of tokens: it is not one that embeds.");
  const values = (states.type === "float32" ? states : states.to("float32")).data as Float32Array;
  return rows.map((row, i) => {
    const pooled = new Float32Array(dimensions);
    const tokens = pooling === "cls" ? 1 : Math.max(1, row.length);
    for (let token = 0; token < tokens; token++) {
      const start = (i * width + token) * dimensions;
      for (let d = 0; d < dimensions; d++) pooled[d] = (pooled[d] as number) + (values[start + d] as number) / tokens;
    }
    if (pooled.every(Number.isFinite)) return pooled;
    throw new BifocalError(
      "model-damaged",
      "The model gave numbers that are not finite: its file is damaged or was quantized wrongly. Try another dtype.",
    );
  });
}
