import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import { batchesByLength } from "./batches.js";
import { textEncoder } from "./encode-text.js";
import { decoderStart } from "./encoder-decoder-network.js";
import type { Measure, MeasuredPair } from "./engine.js";
import { generationConfigOf } from "./generation-config.js";
import { type LanguageTokens, languageTeller } from "./languages.js";
import type { Loaded } from "./loaded.js";
import { logProbabilityOf } from "./network-outputs.js";
import type { Answer } from "./protocol.js";
import { tokenTensors } from "./token-tensors.js";

/** Ids that a decoder reads at once, and from which of them on each is asked for: how likely it is after those before it. */
interface Reading {
  readonly pair: number;
  readonly ids: readonly number[];
  readonly from: number;
  /** What an encoder reads. */
  readonly source?: readonly number[];
}

/** Logits that one batch may give, in numbers: 128 MiB of them. */
const mostLogits = 2 ** 25;

/**
 * How likely texts are, every token given those before it (teacher forcing), in batches of like length. A text longer
 * than a decoder's context is read in windows, each token with half of the context before it or more.
 */
export function measureTexts(loaded: Loaded): Answer<"measure"> {
  const tellLanguages = languageTeller(loaded);
  return async ({ pairs, languages }, context) => {
    const told = tellLanguages(languages);
    const readings = pairs.flatMap((pair, i) => readingsOf(loaded, pair, i, told));
    const measures = pairs.map((): Measure => ({ logProbability: 0, tokens: 0 }));
    const lengths = readings.map(({ ids, source = [] }) => Math.max(ids.length, source.length));
    for (const batch of batchesByLength(lengths, limitsOf(loaded))) {
      const own = batch.map((i) => readings[i] as Reading);
      const logits = await loaded.turns.take(context.priority, () => {
        context.throwIfCancelled();
        return logitsOf(loaded, own);
      });
      for (const [row, { pair, ids, from }] of own.entries()) {
        const before = measures[pair] as Measure;
        const logProbability = before.logProbability + logProbabilityOf(logits, row, ids, from);
        measures[pair] = { logProbability, tokens: before.tokens + ids.length - from };
      }
    }
    return measures;
  };
}

function limitsOf({ quantized, config }: Loaded) {
  return { rows: quantized ? 1 : 16, tokens: Math.max(1, Math.floor(mostLogits / (config.vocab_size ?? 50_000))) };
}

function readingsOf(loaded: Loaded, measured: MeasuredPair, pair: number, told: LanguageTokens): Reading[] {
  if (loaded.config.is_encoder_decoder === true) return [encoderDecoderReading(loaded, measured, pair, told)];
  const { text, given } = measured;
  const plain = (part: string): number[] => plainIds(loaded, part);
  const start = firstToken(loaded);
  const whole = [start, ...plain((given ?? "") + text)];
  if (given === undefined) return windowsOf([...whole, ...endToken(loaded)], 1, pair, loaded.context);
  return windowsOf(whole, sharedLength(whole, [start, ...plain(given)]), pair, loaded.context);
}

/** How many ids the beginnings have in common: a word may be cut otherwise where something follows it. */
function sharedLength(whole: readonly number[], beginning: readonly number[]): number {
  const differs = beginning.findIndex((id, i) => id !== whole[i]);
  return differs < 0 ? beginning.length : Math.max(1, differs);
}

/** Readings of `context` ids at most, of which the first asks for all it can, the others for half of theirs. */
function windowsOf(ids: readonly number[], first: number, pair: number, context: number): Reading[] {
  const windows: Reading[] = [];
  let asked = first;
  for (let end = Math.min(context, ids.length); asked < ids.length; end = Math.min(end + half(context), ids.length)) {
    const start = Math.max(0, end - context);
    if (end > asked) windows.push({ pair, ids: ids.slice(start, end), from: asked - start });
    asked = Math.max(asked, end);
  }
  return windows;
}

function half(context: number): number {
  return Math.max(1, Math.floor(context / 2));
}

function plainIds({ tokenizer }: Loaded, text: string): number[] {
  return text === "" ? [] : textEncoder(tokenizer)(text);
}

function encoderDecoderReading(
  loaded: Loaded,
  { text, given }: MeasuredPair,
  pair: number,
  { before, forcedFirst }: LanguageTokens,
): Reading {
  if (given === undefined)
    throw new BifocalError("invalid-input", "This model says how likely a text is given another: give that one, too.");
  const own = forcedFirst === undefined ? loaded.tokenizer.encode(text) : [forcedFirst, ...plainIds(loaded, text)];
  const ids = [decoderStart(loaded), ...withEnd(loaded, own)];
  const source = [...before, ...loaded.tokenizer.encode(given)];
  const longest = Math.max(ids.length, source.length);
  if (longest <= loaded.context) return { pair, ids, from: 1, source };
  throw new BifocalError(
    "too-large",
    `A text of ${longest} tokens is longer than the model reads (${loaded.context}). Measure its sentences.`,
  );
}

function withEnd(loaded: Loaded, ids: number[]): number[] {
  const [end] = endToken(loaded);
  return end === undefined || ids.at(-1) === end ? ids : [...ids, end];
}

function endToken(loaded: Loaded): number[] {
  return [generationConfigOf(loaded).eos_token_id ?? []].flat().slice(0, 1);
}

/** What stands before a text's first token. */
function firstToken(loaded: Loaded): number {
  const own = generationConfigOf(loaded);
  const first = own.bos_token_id ?? loaded.tokenizer.bos_token_id ?? endToken(loaded)[0];
  if (typeof first === "number") return first;
  throw new BifocalError(
    "unsupported",
    "The model has no token to begin a text with, so it cannot say how likely one is.",
  );
}

async function logitsOf(loaded: Loaded, readings: readonly Reading[]): Promise<Tensor> {
  const { library, model, tokenizer, config } = loaded;
  const padding = tokenizer.pad_token_id ?? 0;
  // Of the last token nothing is asked that comes after it.
  const before = readings.map(({ ids }) => ids.slice(0, -1));
  const read = tokenTensors(library, before, padding);
  if (config.is_encoder_decoder !== true) return (await model.forward(read)).logits;
  const sources = readings.map(({ source = [] }) => source);
  return (await model.forward({ ...tokenTensors(library, sources, padding), decoder_input_ids: read.input_ids }))
    .logits;
}
