import type { NextTokens } from "../generative/decoding/next-tokens.js";
import type { Loaded } from "./loaded.js";
import { lastLogits, pastOf } from "./network-outputs.js";
import { selectRows, type Tensors } from "./select-rows.js";
import { tokenTensors } from "./token-tensors.js";

/** Whether prompts of several lengths may stand in one batch: padded, they need positions of their own. */
export function mayPad({ model }: Loaded): boolean {
  return model.sessions.model?.inputNames.includes("position_ids") === true;
}

/** A decoder alone: prompts are padded on the left, and what was read is kept, where the graph gives it. */
export function decoderNetwork(loaded: Loaded, prompts: readonly (readonly number[])[]): NextTokens {
  const { library, model, tokenizer } = loaded;
  const padding = { padding: tokenizer.pad_token_id ?? 0, side: "left" } as const;
  let rows: readonly (readonly number[])[] = prompts;
  let past: Tensors | undefined;
  const one = new library.Tensor("int64", BigInt64Array.of(1n), []);

  // Rows that were padded stay so, when the longest have ended, too: what was read of them is.
  const width = Math.max(1, ...prompts.map(({ length }) => length));
  let steps = 0;

  async function run(tokens: readonly (readonly number[])[]) {
    const { attention_mask } = tokenTensors(library, rows, { ...padding, least: width + steps });
    const least = past === undefined ? width + steps : 1;
    const { input_ids } = tokenTensors(library, tokens, { ...padding, least });
    steps++;
    const kept = past && { past_key_values: past };
    const outputs = await model.forward({ input_ids, attention_mask, num_logits_to_keep: one, ...kept });
    const next = pastOf(outputs, past);
    past = Object.keys(next).length > 0 ? next : undefined;
    return lastLogits(outputs, rows.length);
  }

  return {
    prompts,
    start: () => run(rows),
    advance(parents, tokens) {
      if (past !== undefined) past = selectRows(library, past, parents, rows.length);
      rows = parents.map((parent, i) => [...(rows[parent] as readonly number[]), tokens[i] as number]);
      return run(past === undefined ? rows : tokens.map((token) => [token]));
    },
  };
}
