import { BifocalError, type GenerateOptions } from "@bifocal/contracts";
import type { DecodingPlan } from "../generative/decoding/plan.js";
import type { Sampling } from "../generative/decoding/sampling.js";
import type { WriteOptions } from "./engine.js";
import type { GenerationConfig } from "./generation-config.js";

/** What decides how long a text may get, and how it begins. */
export interface Frame {
  readonly isEncoderDecoder: boolean;
  /** The token of the language to write, where it was asked for. */
  readonly forcedFirst: number | undefined;
}

/** A plan for any prompt that has room for all of it. */
export type DecodingSettings = Omit<DecodingPlan, "stops">;

const samplingOptions = ["temperature", "topK", "topP", "minP", "typicalP"] as const satisfies (keyof Sampling)[];
const beamOptions = ["lengthPenalty", "earlyStopping"] as const satisfies (keyof GenerateOptions)[];

/**
 * How to decode: as the options say, else as the model's own settings do.
 * @throws {BifocalError} `invalid-input` for options that do not go together.
 */
export function decodingSettings(own: GenerationConfig, options: WriteOptions, frame: Frame): DecodingSettings {
  const doSample = options.doSample ?? own.do_sample ?? false;
  const numBeams = options.numBeams ?? own.num_beams ?? 1;
  const numReturnSequences = options.numReturnSequences ?? 1;
  if (!doSample) refuse(options, samplingOptions, "is for doSample: set it too");
  if (numBeams === 1) refuse(options, beamOptions, "is for beams: set numBeams above 1 too");
  checkSequences(numReturnSequences, numBeams, doSample);
  const maxNewTokens = options.maxNewTokens ?? longestOf(own, frame);
  return {
    ...(doSample && { sampling: samplingOf(own, options) }),
    ...tokensOf(own, frame),
    maxNewTokens,
    minNewTokens: Math.min(maxNewTokens, options.minNewTokens ?? shortestOf(own, frame)),
    repetitionPenalty: options.repetitionPenalty ?? own.repetition_penalty ?? 1,
    noRepeatNgramSize: options.noRepeatNgramSize ?? own.no_repeat_ngram_size ?? 0,
    numBeams,
    lengthPenalty: options.lengthPenalty ?? own.length_penalty ?? 1,
    earlyStopping: options.earlyStopping ?? own.early_stopping ?? false,
    numReturnSequences,
    seed: options.seed ?? 0,
  };
}

function refuse(options: WriteOptions, names: readonly (keyof WriteOptions)[], reason: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new BifocalError("invalid-input", `${given} ${reason}, or leave it out.`);
}

function checkSequences(count: number, numBeams: number, doSample: boolean): void {
  if (numBeams > 1 && count > numBeams)
    throw new BifocalError(
      "invalid-input",
      `numReturnSequences is ${count}, but there are only ${numBeams} beams: raise numBeams.`,
    );
  if (numBeams === 1 && count > 1 && !doSample)
    throw new BifocalError("invalid-input", "Several texts need several beams or draws: set numBeams or doSample.");
}

function samplingOf(own: GenerationConfig, options: WriteOptions): Sampling {
  const given = {
    temperature: options.temperature ?? own.temperature,
    topK: options.topK ?? (own.top_k || undefined),
    topP: options.topP ?? own.top_p,
    minP: options.minP ?? own.min_p,
    typicalP: options.typicalP ?? own.typical_p,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
}

/** An encoder-decoder's own lengths count the token that its decoder begins with. */
function longestOf({ max_new_tokens, max_length }: GenerationConfig, { isEncoderDecoder }: Frame): number {
  return max_new_tokens ?? (isEncoderDecoder && max_length ? max_length - 1 : 128);
}

function shortestOf({ min_new_tokens, min_length }: GenerationConfig, { isEncoderDecoder }: Frame): number {
  return min_new_tokens ?? (isEncoderDecoder && min_length ? min_length - 1 : 0);
}

function tokensOf(own: GenerationConfig, { forcedFirst, isEncoderDecoder }: Frame) {
  const first = forcedFirst ?? (isEncoderDecoder ? own.forced_bos_token_id : undefined);
  const last = [own.forced_eos_token_id ?? []].flat()[0];
  const single = (own.bad_words_ids ?? []).flatMap((ids) => (ids.length === 1 ? ids : []));
  return {
    endTokens: new Set([own.eos_token_id ?? []].flat()),
    ...(first != null && { forcedFirst: first }),
    ...(last !== undefined && { forcedLast: last }),
    suppressed: [...(own.suppress_tokens ?? []), ...single],
    suppressedFirst: own.begin_suppress_tokens ?? [],
  };
}
