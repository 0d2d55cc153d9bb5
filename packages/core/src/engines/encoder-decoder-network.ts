import type { Tensor } from "@xenova/transformers";
import type { NextTokens } from "../generative/decoding/next-tokens.js";
import { decoderGraph } from "./decoder-graph.js";
import { generationConfigOf } from "./generation-config.js";
import type { Loaded } from "./loaded.js";
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
  const padding = tokenizer.pad_token_id ?? 0;
  const read = tokenTensors(library, texts, padding);
  const { encoder_outputs } = await model._prepare_encoder_decoder_kwargs_for_generation({
    inputs_tensor: read.input_ids,
    model_inputs: { ...read },
    model_input_name: "input_ids",
    generation_config: { guidance_scale: null },
  } as never);
  const prompts = texts.map(() => [decoderStart(loaded)]);
  const graph = decoderGraph(loaded, texts.length, {
    encoder_hidden_states: (encoder_outputs as Tensor).ort_tensor,
    encoder_attention_mask: read.attention_mask.ort_tensor,
  });
  let rows: readonly (readonly number[])[] = prompts;
  const run = (tokens: readonly (readonly number[])[]) =>
    graph.read({ input_ids: tokenTensors(library, tokens, padding).input_ids.ort_tensor });

  return {
    prompts,
    start: () => run(rows),
    advance(parents, tokens) {
      graph.select(parents);
      rows = parents.map((parent, i) => [...(rows[parent] as readonly number[]), tokens[i] as number]);
      return run(graph.keeps() ? tokens.map((token) => [token]) : rows);
    },
  };
}
