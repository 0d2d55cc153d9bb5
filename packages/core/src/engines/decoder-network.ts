import type { Tensor } from "@xenova/transformers";
import type { NextTokens } from "../generative/decoding/next-tokens.js";
import type { Loaded } from "./loaded.js";
import { lastLogits, pastOf } from "./network-outputs.js";
import { selectRows, type Tensors } from "./select-rows.js";
import { tokenTensors } from "./token-tensors.js";

/** Whether prompts of several lengths may stand in one batch: padded, they need positions of their own. */
export function mayPad({ model }: Loaded): boolean {
  return model.sessions.model?.inputNames.includes("position_ids") === true;
}

/** A row: what stands in it (its last token alone, where what came before is kept), and how much padding before that. */
interface Row {
  readonly tokens: readonly number[];
  readonly padding: number;
}

/** A decoder alone: prompts are padded on the left, and what was read is kept, where the graph gives it. */
export function decoderNetwork(loaded: Loaded, prompts: readonly (readonly number[])[]): NextTokens {
  const { library, model, tokenizer } = loaded;
  const one = new library.Tensor("int64", BigInt64Array.of(1n), []);
  let width = Math.max(1, ...prompts.map(({ length }) => length));
  let rows = prompts.map((tokens): Row => ({ tokens, padding: width - Math.max(1, tokens.length) }));
  let past: Tensors | undefined;

  async function run() {
    const read = { padding: tokenizer.pad_token_id ?? 0, side: "left", least: past === undefined ? width : 1 } as const;
    const tokens = rows.map((row) => row.tokens);
    const { input_ids } = tokenTensors(library, tokens, read);
    const kept = past && { past_key_values: past };
    const attention_mask = maskOf(loaded, rows, width);
    const outputs = await model.forward({ input_ids, attention_mask, num_logits_to_keep: one, ...kept });
    const next = pastOf(outputs, past);
    past = Object.keys(next).length > 0 ? next : undefined;
    return lastLogits(outputs, rows.length);
  }

  return {
    prompts,
    start: run,
    advance(parents, tokens) {
      if (past !== undefined) past = selectRows(library, past, parents, rows.length);
      // Rows that were padded stay so, when the longest have ended, too: what was read of them is.
      width++;
      rows = parents.map((parent, i) => {
        const { tokens: before, padding } = rows[parent] as Row;
        const token = tokens[i] as number;
        return { tokens: past === undefined ? [...before, token] : [token], padding };
      });
      return run();
    },
  };
}

/** Which columns of the rows are there, so far as they were ever read. */
function maskOf({ library }: Loaded, rows: readonly Row[], width: number): Tensor {
  const mask = new BigInt64Array(rows.length * width).fill(1n);
  for (const [i, { padding }] of rows.entries()) mask.fill(0n, i * width, i * width + padding);
  return new library.Tensor("int64", mask, [rows.length, width]);
}
