import type { ChatMessage } from "@bifocal/contracts";
import { decode } from "../generative/decoding/decode.js";
import type { NextTokens, Sequence } from "../generative/decoding/next-tokens.js";
import type { DecodingPlan } from "../generative/decoding/plan.js";
import { chatPrompt } from "./chat-prompt.js";
import { decoderNetwork } from "./decoder-network.js";
import { type DecodingSettings, decodingSettings } from "./decoding-settings.js";
import { textEncoder } from "./encode-text.js";
import { encoderDecoderNetwork } from "./encoder-decoder-network.js";
import type { WriteOptions, WrittenTexts } from "./engine.js";
import { generationConfigOf } from "./generation-config.js";
import { languageTeller } from "./languages.js";
import type { Loaded } from "./loaded.js";
import { batchesOf, type Prompt } from "./prompt-batches.js";
import type { Answer, CallContext } from "./protocol.js";
import { readPrompt, roomAfter } from "./read-prompt.js";
import type { ReadTokens } from "./read-tokens.js";
import { tooLong } from "./reading-windows.js";
import { asText, endsWithStop, teller, textOf } from "./written-text.js";

/** Writes in batches of like length, each text as if it were alone; streams the first one where that is asked for. */
export function writeTexts(loaded: Loaded): Answer<"generate"> {
  const own = generationConfigOf(loaded);
  const encode = textEncoder(loaded.tokenizer);
  const tellLanguages = languageTeller(loaded);
  const isEncoderDecoder = loaded.config.is_encoder_decoder === true;
  return async ({ texts, options, streams }, context) => {
    const { before, forcedFirst } = tellLanguages(options);
    const settings = decodingSettings(own, options, { isEncoderDecoder, forcedFirst });
    const prompts = texts.map((given, place): Prompt => {
      const text = options.chat ? chatPrompt(loaded, messagesOf(given, options)) : given;
      const read = readPrompt(loaded, text, { longest: settings.maxNewTokens, ends: settings.endTokens, before });
      if (read.truncated && options.overflow === "error") throw tooLong(encode(text).length, read.ids.length);
      return { ...read, place, maxNewTokens: Math.min(settings.maxNewTokens, roomAfter(loaded, read)) };
    });
    const written = new Array<WrittenTexts>(texts.length);
    for (const batch of batchesOf(loaded, prompts, settings)) {
      const writing = { settings, options, context, streams };
      const found = await loaded.turns.take(context.priority, () => writeBatch(loaded, batch, writing));
      for (const [i, prompt] of batch.entries())
        written[prompt.place] = { ...found[i], usage: usageOf(prompt) } as WrittenTexts;
    }
    return written;
  };
}

function messagesOf(text: string, { systemPrompt }: WriteOptions): ChatMessage[] {
  const before = systemPrompt === undefined ? [] : [{ role: "system", content: systemPrompt }];
  return [...before, { role: "user", content: text }];
}

function usageOf({ ids, truncated }: ReadTokens): WrittenTexts["usage"] {
  return { tokens: ids.length, windows: 1, truncated };
}

interface Writing {
  readonly settings: DecodingSettings;
  readonly options: WriteOptions;
  readonly context: CallContext;
  readonly streams: boolean;
}

async function writeBatch(
  loaded: Loaded,
  batch: readonly Prompt[],
  { settings, options, context, streams }: Writing,
): Promise<Omit<WrittenTexts, "usage">[]> {
  context.throwIfCancelled();
  if (batch.every(({ ids }) => ids.length === 0)) return batch.map(() => ({ sequences: [] }));
  const { stopStrings = [] } = options;
  const finish = (sequence: Sequence, i: number) => asText(loaded, batch[i] as Prompt, sequence, settings, options);
  const plan: DecodingPlan = {
    ...settings,
    maxNewTokens: (batch[0] as Prompt).maxNewTokens,
    minNewTokens: Math.min(settings.minNewTokens ?? 0, (batch[0] as Prompt).maxNewTokens),
    ...(stopStrings.length > 0 && { stops: endsWithStop(loaded, batch, stopStrings) }),
  };
  const told = streams ? teller(textOf(loaded, batch[0] as Prompt, stopStrings), settings, context) : undefined;
  const network = abortable(await networkOf(loaded, batch), context);
  const found = await decode(network, plan, told?.hear);
  const texts = found.map((sequences, i) => ({ sequences: sequences.map((sequence) => finish(sequence, i)) }));
  const [first] = texts[0]?.sequences ?? [];
  if (first !== undefined) told?.end(first);
  return texts;
}

function networkOf(loaded: Loaded, batch: readonly Prompt[]): NextTokens | Promise<NextTokens> {
  const ids = batch.map((prompt) => prompt.ids);
  return loaded.config.is_encoder_decoder === true ? encoderDecoderNetwork(loaded, ids) : decoderNetwork(loaded, ids);
}

/** A network that is asked for nothing more once the call is cancelled. */
function abortable({ prompts, start, advance }: NextTokens, context: CallContext): NextTokens {
  return {
    prompts,
    start,
    advance(parents, tokens) {
      context.throwIfCancelled();
      return advance(parents, tokens);
    },
  };
}
