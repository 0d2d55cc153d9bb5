import { expect, test } from "vitest";
import { decodingSettings } from "./decoding-settings.js";
import type { GenerationConfig } from "./generation-config.js";

const decoder = { isEncoderDecoder: false, forcedFirst: undefined };
const encoderDecoder = { isEncoderDecoder: true, forcedFirst: undefined };

/** As Marian's, BART's and Whisper's generation_config.json have them. */
const own: GenerationConfig = {
  eos_token_id: [2, 7],
  forced_bos_token_id: 5,
  forced_eos_token_id: 2,
  bad_words_ids: [[9], [3, 4]],
  suppress_tokens: [11, 12],
  begin_suppress_tokens: [13],
  max_length: 20,
  min_length: 4,
  num_beams: 4,
  length_penalty: 0.8,
  early_stopping: true,
  no_repeat_ngram_size: 3,
  repetition_penalty: 1.1,
};

test("a model's own tokens are followed: its ends, those that are forced, those that are never written", () => {
  const settings = decodingSettings(own, {}, encoderDecoder);
  expect([...settings.endTokens]).toEqual([2, 7]);
  expect(settings).toMatchObject({
    forcedFirst: 5,
    forcedLast: 2,
    suppressed: [11, 12, 9],
    suppressedFirst: [13],
    noRepeatNgramSize: 3,
    repetitionPenalty: 1.1,
  });
});

test("a language that is asked for goes before the first token that is forced, which a decoder alone has none of", () => {
  expect(decodingSettings(own, {}, { ...encoderDecoder, forcedFirst: 8 }).forcedFirst).toBe(8);
  expect(decodingSettings(own, {}, decoder).forcedFirst).toBeUndefined();
});

test("its own lengths count the token that a decoder beside an encoder begins with", () => {
  expect(decodingSettings(own, {}, encoderDecoder)).toMatchObject({ maxNewTokens: 19, minNewTokens: 3 });
  expect(decodingSettings(own, {}, decoder)).toMatchObject({ maxNewTokens: 128, minNewTokens: 0 });
  expect(decodingSettings({ max_new_tokens: 6, min_new_tokens: 2 }, {}, decoder)).toMatchObject({
    maxNewTokens: 6,
    minNewTokens: 2,
  });
  expect(decodingSettings(own, { maxNewTokens: 2 }, encoderDecoder)).toMatchObject({
    maxNewTokens: 2,
    minNewTokens: 2,
  });
});

test("what a call asks for goes before what the model's file does", () => {
  const beams = { numBeams: 2, lengthPenalty: 2, earlyStopping: "never", noRepeatNgramSize: 0 } as const;
  expect(decodingSettings(own, {}, encoderDecoder)).toMatchObject({
    numBeams: 4,
    lengthPenalty: 0.8,
    earlyStopping: true,
  });
  expect(decodingSettings(own, beams, encoderDecoder)).toMatchObject(beams);
});

test("a model's own way of drawing is followed where it draws, but for its topK of 0", () => {
  const draws: GenerationConfig = {
    do_sample: true,
    temperature: 0.6,
    top_k: 0,
    top_p: 0.9,
    min_p: null,
    typical_p: 0.8,
  };
  expect(decodingSettings(draws, {}, decoder).sampling).toEqual({ temperature: 0.6, topP: 0.9, typicalP: 0.8 });
  expect(decodingSettings(draws, { topK: 3, minP: 0.1, temperature: 1 }, decoder).sampling).toEqual({
    temperature: 1,
    topK: 3,
    topP: 0.9,
    minP: 0.1,
    typicalP: 0.8,
  });
  expect(decodingSettings(draws, { doSample: false }, decoder).sampling).toBeUndefined();
  expect(decodingSettings({ ...draws, do_sample: false }, {}, decoder).sampling).toBeUndefined();
});
