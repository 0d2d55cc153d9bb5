import type { Loaded } from "./loaded.js";

/** What of generation_config.json is followed; of models older than that file, config.json says it. Names are the files'. */
export interface GenerationConfig {
  readonly max_new_tokens?: number | null;
  readonly max_length?: number | null;
  readonly min_new_tokens?: number | null;
  readonly min_length?: number | null;
  readonly do_sample?: boolean | null;
  readonly temperature?: number | null;
  readonly top_k?: number | null;
  readonly top_p?: number | null;
  readonly min_p?: number | null;
  readonly typical_p?: number | null;
  readonly repetition_penalty?: number | null;
  readonly no_repeat_ngram_size?: number | null;
  readonly num_beams?: number | null;
  readonly length_penalty?: number | null;
  readonly early_stopping?: boolean | "never" | null;
  readonly eos_token_id?: number | readonly number[] | null;
  readonly bos_token_id?: number | null;
  readonly decoder_start_token_id?: number | null;
  readonly forced_bos_token_id?: number | null;
  readonly forced_eos_token_id?: number | readonly number[] | null;
  readonly suppress_tokens?: readonly number[] | null;
  readonly begin_suppress_tokens?: readonly number[] | null;
  readonly bad_words_ids?: readonly (readonly number[])[] | null;
}

/** The model's own settings, as its files have them: the library's view is filled with defaults that nobody chose. */
export function generationConfigOf({ model, config }: Loaded): GenerationConfig {
  const own: GenerationConfig = model.configs?.generation_config ?? {};
  return { ...config, ...own };
}
