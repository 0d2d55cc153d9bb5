import type { WrittenText } from "@bifocal/contracts";
import type { Sequence } from "../generative/decoding/next-tokens.js";
import { stopFilter } from "../generative/decoding/stop-strings.js";
import type { DecodingSettings } from "./decoding-settings.js";
import type { WriteOptions } from "./engine.js";
import type { Loaded } from "./loaded.js";
import { contextIds, createPieceDecoder, type PieceDecoder } from "./piece-decoder.js";
import type { CallContext } from "./protocol.js";
import type { ReadTokens } from "./read-tokens.js";

/** The text of tokens as they come: whole characters, up to a stop string. */
export interface TextSoFar {
  push(token: number): string;
  rest(): string;
  readonly stopped: boolean;
}

export function textOf(loaded: Loaded, prompt: ReadTokens, stopStrings: readonly string[]): TextSoFar {
  const pieces = pieceDecoder(loaded, prompt.ids);
  const stops = stopFilter(stopStrings);
  return {
    push: (token) => stops.push(pieces.push(token)),
    rest: () => stops.push(pieces.rest()) + stops.rest(),
    get stopped() {
      return stops.found;
    },
  };
}

/** A decoder's text goes on from its prompt; an encoder-decoder's begins anew. */
function pieceDecoder(loaded: Loaded, prompt: readonly number[]): PieceDecoder {
  return createPieceDecoder((ids) => decodeIds(loaded, ids), loaded.config.is_encoder_decoder ? [] : prompt);
}

function decodeIds({ tokenizer }: Loaded, ids: number[]): string {
  return ids.length === 0
    ? ""
    : tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
}

/** The text of all tokens at once, which is the same as of one after another and takes less. */
function wholeText(loaded: Loaded, prompt: ReadTokens, tokens: readonly number[]): string {
  const before = loaded.config.is_encoder_decoder ? [] : prompt.ids.slice(-contextIds);
  return decodeIds(loaded, [...before, ...tokens]).slice(decodeIds(loaded, before).length);
}

/** Whether a stop string stands at the end of what is written. */
export function endsWithStop(loaded: Loaded, batch: readonly ReadTokens[], stopStrings: readonly string[]) {
  // A character is four tokens at most, in a vocabulary of bytes.
  const tail = 4 * Math.max(...stopStrings.map(({ length }) => length)) + 4;
  return (prompt: number, written: readonly number[]): boolean => {
    const before = written.length > tail ? written.slice(0, -tail) : (batch[prompt] as ReadTokens).ids;
    const text = textOf(loaded, { ids: before, truncated: false }, stopStrings);
    for (const token of written.slice(-tail)) text.push(token);
    text.rest();
    return text.stopped;
  };
}

/** Tells the pieces of the first prompt's text as they come; of beams all of it at the end. */
export function teller(text: TextSoFar, { endTokens, numBeams }: DecodingSettings, { tell }: CallContext) {
  let [written, told] = [0, 0];
  const tellPiece = (piece: string): void => {
    if (piece === "") return;
    tell({ text: piece, logProbability: written - told });
    told = written;
  };
  return {
    hear(_: number, token: number, logProbability: number): void {
      written += logProbability;
      if (!endTokens.has(token)) tellPiece(text.push(token));
    },
    end(first: WrittenText): void {
      if (numBeams > 1) written = first.logProbability ?? 0;
      tellPiece(numBeams > 1 ? first.text : text.rest());
    },
  };
}

export function asText(
  loaded: Loaded,
  prompt: ReadTokens,
  { tokens, logProbabilities, finishReason, score }: Sequence,
  { endTokens }: DecodingSettings,
  { outputScores, stopStrings = [] }: WriteOptions,
): WrittenText {
  const own = tokens.filter((token) => !endTokens.has(token));
  return {
    text: stopStrings.length > 0 ? textBeforeStop(loaded, prompt, own, stopStrings) : wholeText(loaded, prompt, own),
    finishReason,
    tokens: own.length,
    logProbability: logProbabilities.reduce((sum, each) => sum + each, 0),
    ...(outputScores && { tokenLogProbabilities: logProbabilities }),
    ...(score !== undefined && { score }),
  };
}

function textBeforeStop(
  loaded: Loaded,
  prompt: ReadTokens,
  tokens: readonly number[],
  stopStrings: readonly string[],
): string {
  const text = textOf(loaded, prompt, stopStrings);
  return tokens.map((token) => text.push(token)).join("") + text.rest();
}
