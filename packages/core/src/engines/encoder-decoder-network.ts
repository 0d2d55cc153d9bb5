import type { Tensor } from "@xenova/transformers";
import type { NextTokens } from "../generative/decoding/next-tokens.js";
import { generationConfigOf } from "./generation-config.js";
import type { Loaded } from "./loaded.js";
import { lastLogits, pastOf } from "./network-outputs.js";
import { selectRows, type Tensors } from "./select-rows.js";
import { tokenTensors } from "./token-tensors.js";

/** The token that a decoder begins with, which no text has. */
export function decoderStart(loaded: Loaded): number {
  const { decoder_start_token_id, bos_token_id } = generationConfigOf(loaded);
  return decoder_start_token_id ?? bos_token_id ?? 0;
}

/** An encoder that reads each text once, and a decoder that writes from one first token on. */
export async function encoderDecoderNetwork(
  loaded: Loaded,
  texts: readonly (readonly number[])[],
): Promise<NextTokens> {
  const { library, model, tokenizer } = loaded;
  const right = { padding: tokenizer.pad_token_id ?? 0, side: "right" } as const;
  const read = tokenTensors(library, texts, right);
  const { encoder_outputs } = await model._prepare_encoder_decoder_kwargs_for_generation({
    inputs_tensor: read.input_ids,
    model_inputs: { ...read },
    model_input_name: "input_ids",
    generation_config: { guidance_scale: null },
  } as never);
  const prompts = texts.map(() => [decoderStart(loaded)]);
  const one = new library.Tensor("int64", BigInt64Array.of(1n), []);
  let encoded: Tensors = { encoder_outputs: encoder_outputs as Tensor, attention_mask: read.attention_mask };
  let rows: readonly (readonly number[])[] = prompts;
  let past: Tensors | undefined;

  async function run(tokens: readonly (readonly number[])[]) {
    const { input_ids } = tokenTensors(library, tokens, right);
    const kept = past && { past_key_values: past };
    const outputs = await model.forward({ ...encoded, decoder_input_ids: input_ids, num_logits_to_keep: one, ...kept });
    const next = pastOf(outputs, past);
    past = Object.keys(next).length > 0 ? next : undefined;
    return lastLogits(outputs, rows.length);
  }

  return {
    prompts,
    start: () => run(rows),
    advance(parents, tokens) {
      encoded = selectRows(library, encoded, parents, rows.length);
      if (past !== undefined) past = selectRows(library, past, parents, rows.length);
      rows = parents.map((parent, i) => [...(rows[parent] as readonly number[]), tokens[i] as number]);
      return run(past === undefined ? rows : tokens.map((token) => [token]));
    },
  };
}
