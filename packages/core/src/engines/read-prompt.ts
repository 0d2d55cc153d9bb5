import type { Loaded } from "./loaded.js";
import { type ReadTokens, readTokens } from "./read-tokens.js";

/** What decides how much of a text is read, and between what. */
interface PromptFrame {
  /** So many new tokens may follow. */
  readonly longest: number;
  /** Tokens that end a text: a prompt ending with one would be finished before it began. */
  readonly ends: ReadonlySet<number>;
  /** What tells an encoder the language. */
  readonly before: readonly number[];
}

/**
 * What a model is to continue or rewrite. An encoder reads the start of its text; a decoder the end of its prompt, so
 * that `longest` new tokens have room in its context, or half of the context does.
 */
export function readPrompt(loaded: Loaded, text: string, { longest, ends, before }: PromptFrame): ReadTokens {
  const { tokenizer, config, context } = loaded;
  if (config.is_encoder_decoder)
    return readTokens((part) => [...before, ...tokenizer.encode(part)], text, context, "start");
  const first = config.bos_token_id ?? tokenizer.bos_token_id;
  const encode = (part: string): number[] => withoutEnd(withOneStart(tokenizer.encode(part), first), ends);
  const room = Number.isFinite(context) ? context - Math.min(longest, Math.floor(context / 2)) : context;
  const read = readTokens(encode, text, room, "end");
  return read.ids.length > 0 || typeof first !== "number" ? read : { ids: [first], truncated: false };
}

/** A chat template writes the start of a text itself. */
function withOneStart(ids: number[], first: unknown): number[] {
  return ids[0] === first && ids[1] === first ? ids.slice(1) : ids;
}

/** Some tokenizers end every text; one token alone begins it. */
function withoutEnd(ids: number[], ends: ReadonlySet<number>): number[] {
  return ids.length > 1 && ends.has(ids.at(-1) as number) ? ids.slice(0, -1) : ids;
}

/** How many tokens can follow the prompt before the context is full. */
export function roomAfter({ config, context }: Loaded, prompt: ReadTokens): number {
  return config.is_encoder_decoder ? context - 1 : context - prompt.ids.length;
}
