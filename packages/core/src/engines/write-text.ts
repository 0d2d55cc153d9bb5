import type { Tensor } from "@xenova/transformers";
import type { ModelConfig } from "../hub/model-config.js";
import { processorsOf, startChoosing } from "./choosing.js";
import { forcedFirstToken } from "./languages.js";
import type { Library, Loaded } from "./loaded.js";
import { createPieceDecoder, type PieceDecoder } from "./piece-decoder.js";
import type { Answer } from "./protocol.js";
import { readPrompt, roomAfter } from "./read-prompt.js";

/**
 * Writes one text at a time, since the library's batches of several go wrong. The next token is chosen here, in a logits
 * processor that leaves the library's greedy search nothing else: so sampling is seeded, and probabilities are known.
 */
export function writeText(loaded: Loaded): Answer<"generate"> {
  const { library, model, tokenizer, config } = loaded;
  const generation: GenerationConfig = model.configs?.generation_config ?? {};
  const ends = new Set([generation.eos_token_id ?? config.eos_token_id ?? []].flat());
  return async ({ text, options }, context) => {
    const forced = forcedFirstToken(tokenizer, options);
    const longest = options.maxNewTokens ?? defaultLength(generation, config);
    const prompt = readPrompt(loaded, text, longest, ends);
    const usage = { tokens: prompt.ids.length, windows: 1, truncated: prompt.truncated };
    if (prompt.ids.length === 0) return { finishReason: "empty", tokens: 0, logProbability: 0, usage };
    const choosing = startChoosing(pieceDecoder(loaded, prompt.ids), options, ends, context);
    await model.generate({
      ...inputsOf(library, prompt.ids),
      ...oneGreedyRow,
      max_new_tokens: Math.min(longest, roomAfter(loaded, prompt)),
      ...(forced !== undefined && { forced_bos_token_id: forced }),
      logits_processor: processorsOf(library, choosing),
    });
    return { ...choosing.end(), usage };
  };
}

/** As the model's file has it: the library's own view is filled with defaults. */
interface GenerationConfig {
  readonly max_new_tokens?: number;
  readonly max_length?: number;
  readonly eos_token_id?: number | number[];
}

function defaultLength(generation: GenerationConfig, { is_encoder_decoder }: ModelConfig): number {
  return generation.max_new_tokens ?? (is_encoder_decoder ? generation.max_length : undefined) ?? 128;
}

/** What a model's own generation_config.json may ask for, undone. */
const oneGreedyRow = { do_sample: false, num_beams: 1, num_return_sequences: 1 };

function inputsOf(library: Library, ids: readonly number[]): { input_ids: Tensor; attention_mask: Tensor } {
  const shape = [1, ids.length];
  return {
    input_ids: new library.Tensor("int64", BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new library.Tensor("int64", new BigInt64Array(ids.length).fill(1n), shape),
  };
}

/** A decoder's text goes on from its prompt; an encoder-decoder's begins anew. */
function pieceDecoder({ tokenizer, config }: Loaded, prompt: readonly number[]): PieceDecoder {
  const decode = (ids: number[]): string =>
    ids.length === 0 ? "" : tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  return createPieceDecoder(decode, config.is_encoder_decoder ? [] : prompt);
}
